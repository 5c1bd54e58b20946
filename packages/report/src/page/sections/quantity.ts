// One quantity that readouts report, over the voxels of each region.

import type { RunRecord } from '@striate/contracts';
import { seriesStyle } from '../../charts/colour.js';
import { histogram } from '../../charts/histogram.js';
import { html, nothing, type Html } from '../../html.js';
import { groupBy } from '../cells.js';
import { readoutIndex } from '../choose.js';
import { figure } from '../figure.js';
import type { RegionFit } from '../region-fits.js';
import { unitsOf } from '../units.js';

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
  const units = unitsOf(record);
  const charts = groupBy(defined, ({ region }) => region).map((here) =>
    figure(
      here[0].region,
      histogram({
        description: `Histogram of ${title.toLowerCase()} over ${units}, ${here[0].region}, by readout`,
        xLabel,
        including: isFromZero ? [0] : [],
        yLabel: `share of ${units}`,
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
