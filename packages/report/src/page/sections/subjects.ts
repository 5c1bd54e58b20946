import type { RunRecord } from '@striate/contracts';
import { stripChart } from '../../charts/strip.js';
import type { Cell } from '../cells.js';
import { bestByRegion, ceilingOf, combinations, modelIndex } from '../choose.js';
import { figure } from '../figure.js';
import { html, nothing, type Html } from '../../html.js';
import { panels } from '../panels.js';

/** Geometry scores of single subjects, each model at its best layer. */
export function subjectSection(record: RunRecord, cells: readonly Cell[]): Html {
  if (cells.length === 0) return nothing;
  const all = combinations(cells).map(({ label, cells: own }) => {
    const charts = bestByRegion(record, own).map(({ region, cells: best }) =>
      regionChart(record, region, best),
    );
    return { label, content: html`<div class="charts">${charts}</div>` };
  });
  return html`<h3>Subject by subject</h3>
    ${panels('subjects', 'Show', all)}
    <p class="note">
      A dot is one subject, in the same place of every column; bars are means; grey is the ceiling. Each model
      at its best layer, in the order and colours of the legend.
    </p>`;
}

function regionChart(record: RunRecord, region: string, best: readonly Cell[]): Html {
  const reference = ceilingOf(record, best[0]);
  const strips = best.map(({ model, mean, values }) => ({
    ...{ name: model, mean, values },
    index: modelIndex(record, model),
  }));
  const means = best.map(({ model, mean, n }) => `${model} ${mean.toFixed(3)} (${n} subjects)`);
  return figure(
    region,
    stripChart({
      description: `${best[0].scorer} by subject, ${region}. Means: ${means.join('; ')}. ${reference?.label ?? ''}`,
      yLabel: best[0].scorer,
      strips,
      ...(reference ? { reference } : {}),
    }),
  );
}
