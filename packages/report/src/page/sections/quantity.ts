// One quantity that readouts report, over the voxels of each region.

import type { RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { histogram } from '../../charts/histogram.js';
import { domainOf } from '../../charts/scale.js';
import { html, nothing, type Html } from '../../html.js';
import { groupBy } from '../cells.js';
import { readoutIndex } from '../choose.js';
import { figure } from '../figure.js';
import type { RegionFit } from '../region-fits.js';

export interface ShownQuantity {
  /** As the readouts name it. */
  readonly quantity: string;
  readonly title: string;
  /** With its unit. */
  readonly xLabel: string;
  /** It is never below zero, and zero means something: the axis begins there. */
  readonly isFromZero?: boolean;
}

/** Histograms of a quantity: a chart per region, a distribution per readout. Nothing where it is nowhere defined. */
export function quantityCharts(
  record: RunRecord,
  fits: readonly RegionFit[],
  { quantity, title, xLabel, isFromZero }: ShownQuantity,
): Html {
  const reported = fits.map((fit) => ({ ...fit.cell, values: fit.valuesOf(quantity) }));
  const defined = reported.filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  if (defined.length === 0) return nothing;
  const unit = record.dataset.recordingKind;
  // One axis for all regions, so that they can be compared.
  const domain = domainOf(
    defined.flatMap(({ values }) => values),
    isFromZero ? [0] : [],
  );
  const charts = groupBy(defined, ({ region }) => region).map((here) =>
    figure(
      here[0].region,
      histogram({
        description: `Histogram of ${title.toLowerCase()} over ${unit}s, ${here[0].region}, by readout`,
        xLabel,
        domain,
        yLabel: `share of ${unit}s`,
        distributions: here.map(({ readout, values }) => ({
          ...{ name: readout, values },
          style: seriesStyle(readoutIndex(record, readout)),
        })),
      }),
    ),
  );
  return html`<h3>${title}</h3>
    <div class="charts">${charts}</div>`;
}

/** What charts and means of a quantity leave out; nothing where nothing is undefined. */
export function undefinedNote(
  { dataset }: RunRecord,
  fits: readonly RegionFit[],
  { quantity, name }: { readonly quantity: string; readonly name: string },
): Html {
  const gaps = fits.flatMap(({ cell, valuesOf }) => {
    const values = valuesOf(quantity);
    const nUndefined = values.filter((value) => Number.isNaN(value)).length;
    return nUndefined === 0 ? [] : [`${cell.region}, ${cell.readout}: ${nUndefined} of ${values.length}`];
  });
  if (gaps.length === 0) return nothing;
  return html`<p class="note">
    Undefined ${name}, left out, in ${dataset.recordingKind}s: ${gaps.join('; ')}.
  </p>`;
}
