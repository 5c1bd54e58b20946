import type { RunRecord } from '@striate/contracts';
import { lineChart, type Reference } from '../../charts/line-chart.js';
import { html, nothing, type Html } from '../html.js';
import { panels } from '../panels.js';
import { combinations, meanOf, modelIndex, type Cell } from '../summary.js';
import { legend } from './legend.js';

/** Scores along the depth of each model, one chart per region. */
export function layerSection(record: RunRecord, cells: readonly Cell[], id: string): Html {
  const all = combinations(cells).map(({ readout, scorer }) => {
    const own = cells.filter((cell) => cell.readout === readout && cell.scorer === scorer);
    const charts = record.regions.flatMap((region) => {
      const here = own.filter((cell) => cell.region === region);
      return here.length === 0 ? [] : [regionChart(record, region, here, scorer)];
    });
    return {
      label: readout === '' ? scorer : `${scorer}, ${readout}`,
      content: html`<div class="charts">${charts}</div>`,
    };
  });
  if (all.length === 0) return nothing;
  const note =
    cells[0].readout === ''
      ? 'subjects; the grey band is the ceiling over subjects'
      : `${record.dataset.recordingKind}s; the grey line is the mean noise ceiling`;
  return html`${legend(record)}${panels(id, 'Show', all)}
    <p class="note">
      Layers in the order of computation, from the model's first to its last; bands are one standard error
      over ${note}.
    </p>`;
}

function regionChart(record: RunRecord, region: string, cells: readonly Cell[], scorer: string): Html {
  const names = [...new Set(cells.map((cell) => cell.model))];
  const series = names.map((name) => {
    const own = cells.filter((cell) => cell.model === name).sort((a, b) => a.depth - b.depth);
    // By rank and not by number, so that networks of different depth share an axis.
    const place = (i: number) => (own.length === 1 ? 0.5 : i / (own.length - 1));
    const points = own.map((cell, i) => ({ x: place(i), y: cell.mean, error: cell.sem, label: cell.layer }));
    return { name, index: modelIndex(record, name), points };
  });
  const reference = referenceOf(record, region, cells[0], scorer);
  const title = `${scorer} over layers, ${region}`;
  const chart = lineChart({
    title,
    xLabel: 'first layer \u2192 last layer',
    yLabel: `mean ${scorer}`,
    series,
    ...(reference ? { reference } : {}),
  });
  return html`<figure>
    <h3>${region}</h3>
    ${chart}
  </figure>`;
}

function referenceOf(record: RunRecord, region: string, cell: Cell, scorer: string): Reference | undefined {
  const bounds = record.geometryCeilings.find((each) => each.scorer === scorer && each.region === region);
  if (bounds && bounds.lower !== null && bounds.upper !== null) {
    return {
      label: `ceiling ${bounds.lower.toFixed(3)} to ${bounds.upper.toFixed(3)}`,
      low: bounds.lower,
      high: bounds.upper,
    };
  }
  const isCorrelation = record.scorers.find(({ name }) => name === scorer)?.id === 'pearson';
  const defined = cell.ceilings.filter((value) => !Number.isNaN(value));
  if (!isCorrelation || defined.length === 0) return undefined;
  const ceiling = meanOf(defined);
  return { label: `mean noise ceiling ${ceiling.toFixed(3)}`, low: ceiling, high: ceiling };
}
