import type { RunRecord } from '@striate/contracts';
import { CEILING_STYLE, seriesStyle } from '../../charts/colour.js';
import { histogram } from '../../charts/histogram.js';
import { thinned, toSteps } from '../../charts/points.js';
import { domainOf } from '../../charts/scale.js';
import { scatter } from '../../charts/scatter.js';
import type { Cell } from '../cells.js';
import { bestByRegion, bestOf, combinations, modelIndex, type Combination } from '../choose.js';
import { figure } from '../figure.js';
import { html, nothing, type Html } from '../../html.js';
import { panels } from '../panels.js';
import { legend } from './legend.js';
import { unitsOf } from '../units.js';

/** How scores are spread over voxels: histograms, and scores against ceilings. */
export function spreadSection(record: RunRecord, cells: readonly Cell[]): Html {
  if (cells.length === 0) return nothing;
  const all = combinations(cells).map((combination) => ({
    label: combination.label,
    content: html`${histograms(record, combination)}${ceilingScatters(record, combination)}`,
  }));
  return html`${legend(record)}${panels('spread', 'Show', all)}`;
}

function histograms(record: RunRecord, { scorer, cells }: Combination): Html {
  const units = unitsOf(record);
  const charts = bestByRegion(record, cells).map((column) => {
    const ofModels = column.cells.map(({ model, values }) => ({
      ...{ name: model, values },
      style: seriesStyle(modelIndex(record, model)),
    }));
    const ofCeiling = { name: 'noise ceiling', values: column.cells[0].ceilings, style: CEILING_STYLE };
    const means = column.cells.map(({ model, mean }) => `${model} ${mean.toFixed(3)}`);
    return figure(
      column.region,
      histogram({
        description: `Histogram of ${scorer} over ${units}, ${column.region}. Means: ${means.join('; ')}.`,
        xLabel: scorer,
        yLabel: `share of ${units}`,
        distributions: [...ofModels, ofCeiling],
      }),
    );
  });
  return html`<div class="charts">${charts}</div>
    <p class="note">
      Share of ${units} by score, each model at its best layer; vertical lines are means; grey outlines the
      noise ceilings of the same ${units}. Undefined scores are left out here and counted below.
    </p>`;
}

function ceilingScatters(record: RunRecord, { scorer, cells }: Combination): Html {
  const unit = record.dataset.recordingKind;
  const charts = bestByRegion(record, cells).flatMap((column) => {
    const best = bestOf(column.cells);
    if (!best || best.ceilings.length === 0) return [];
    const [ceilings, values] = [thinned(best.ceilings), thinned(best.values)];
    const domain = domainOf([...ceilings, ...values], [0]);
    const chart = scatter({
      description: `${scorer} of ${best.model} against the noise ceiling, ${column.region}: a point per ${unit}.`,
      xLabel: 'noise ceiling',
      yLabel: `${scorer}, ${best.model}`,
      domain,
      x: toSteps(ceilings, domain),
      y: toSteps(values, domain),
      colour: seriesStyle(modelIndex(record, best.model)).colour,
    });
    return [figure(`${column.region}: ${best.model}, ${best.layer}`, chart)];
  });
  if (charts.length === 0) return nothing;
  return html`<h3>Scores against ceilings</h3>
    <div class="charts small">${charts}</div>
    <p class="note">
      The best model of each region; a point is one ${unit} (${cloudNote}). On the dashed line a model
      explains all that can be explained.
    </p>`;
}

/** What is said of every cloud of points. */
export const cloudNote = 'large regions are thinned evenly';
