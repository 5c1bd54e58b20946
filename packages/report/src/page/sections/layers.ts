import type { RunRecord } from '@striate/contracts';
import { lineChart } from '../../charts/line-chart.js';
import { groupBy, type Cell } from '../cells.js';
import { bestLayers, ceilingOf, combinations, modelIndex } from '../choose.js';
import { figure } from '../figure.js';
import { html, nothing, type Html } from '../../html.js';
import { panels } from '../panels.js';
import { legend } from './legend.js';
import { unitsOf } from '../units.js';

/** Scores along the depth of each model, one chart per region; nothing where every model has one layer. */
export function layerSection(record: RunRecord, cells: readonly Cell[], id: string): Html {
  const layersOf = groupBy(cells, ({ model }) => model).map((own) => new Set(own.map(({ layer }) => layer)));
  if (layersOf.every(({ size }) => size === 1)) return nothing;
  const all = combinations(cells).map(({ label, cells: own }) => {
    const byRegion = record.regions.map((region) => own.filter((cell) => cell.region === region));
    const charts = byRegion.filter((here) => here.length > 0).map((here) => regionChart(record, here));
    return { label, content: html`<div class="charts">${charts}</div>` };
  });
  const note =
    cells[0].readout === ''
      ? 'subjects; grey is the ceiling, from its lower to its upper bound over subjects'
      : `${unitsOf(record)}; the grey line is the mean noise ceiling`;
  return html`${legend(record)}${panels(id, 'Show', all)}
    <p class="note">
      Layers in the order of computation, from each model's first to its last, evenly spaced; a model of one
      layer is a point in the middle. A point names its layer when pointed at. Bands are one standard error of
      the mean over ${note}.
    </p>`;
}

function regionChart(record: RunRecord, cells: readonly Cell[]): Html {
  const [{ region, scorer }] = cells;
  const series = groupBy(cells, ({ model }) => model).map((own) => {
    // By rank and not by number, so that networks of different depth share an axis.
    const sorted = [...own].sort((a, b) => a.depth - b.depth);
    const place = (i: number) => (sorted.length === 1 ? 0.5 : i / (sorted.length - 1));
    const points = sorted.map((cell, i) => ({
      x: place(i),
      y: cell.mean,
      error: cell.sem,
      label: cell.layer,
    }));
    return { name: own[0].model, index: modelIndex(record, own[0].model), points };
  });
  const reference = ceilingOf(record, cells[0]);
  const peaks = bestLayers(cells).map(({ model, layer, mean }) => `${model} ${mean.toFixed(3)} at ${layer}`);
  return figure(
    region,
    lineChart({
      description: `${scorer} over layers, ${region}. Highest: ${peaks.join('; ')}. ${reference?.label ?? ''}`,
      xLabel: 'first layer \u2192 last layer',
      yLabel: `mean ${scorer}`,
      series,
      ...(reference ? { reference } : {}),
    }),
  );
}
