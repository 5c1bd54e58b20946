// What a person wants to know first: per region, each model's best layer.

import type { RunRecord } from '@striate/contracts';
import { formatTable } from '../../table.js';

export interface SummaryCell {
  readonly region: string;
  readonly model: string;
  readonly readout: string | null;
  readonly scorer: string;
  readonly layer: string;
  /** Mean over voxels (of the subjects' means) or over subjects. */
  readonly mean: number | null;
  readonly n: number;
  readonly nUndefined: number;
  /** Aggregates by convention, of the first subject that has them; mean over subjects. */
  readonly conventions: Readonly<Record<string, number | null>>;
}

/** Best layer of every model, readout, scorer and region. */
export function summariseRecord(record: RunRecord): SummaryCell[] {
  const best = new Map<string, SummaryCell>();
  for (const cell of [...predictionCells(record), ...geometryCells(record)]) {
    const id = JSON.stringify([cell.region, cell.scorer, cell.readout, cell.model]);
    const before = best.get(id);
    if (!before || (cell.mean ?? -Infinity) > (before.mean ?? -Infinity)) best.set(id, cell);
  }
  const regionOrder = (cell: SummaryCell) => record.regions.indexOf(cell.region);
  return [...best.values()].sort(
    (a, b) => regionOrder(a) - regionOrder(b) || a.scorer.localeCompare(b.scorer),
  );
}

function predictionCells(record: RunRecord): SummaryCell[] {
  const groups = new Map<string, RunRecord['predictions'][number]['regions'][number][]>();
  for (const { model, layer, readout, scorer, regions } of record.predictions) {
    for (const region of regions) {
      const id = JSON.stringify([region.region, model, readout, scorer, layer]);
      groups.set(id, [...(groups.get(id) ?? []), region]);
    }
  }
  return [...groups].map(([id, subjects]) => {
    const [region, model, readout, scorer, layer] = JSON.parse(id) as string[];
    const names = subjects[0].conventions.map(({ convention }) => convention);
    const aggregateOf = (name: string) =>
      subjects.map(({ conventions }) => conventions.find(({ convention }) => convention === name)!.aggregate);
    return {
      ...{ region, model, readout, scorer, layer },
      mean: meanOf(subjects.map(({ summary }) => summary.mean)),
      n: subjects.reduce((sum, { summary }) => sum + summary.n, 0),
      nUndefined: subjects.reduce((sum, { summary }) => sum + summary.nUndefined, 0),
      conventions: Object.fromEntries(names.map((name) => [name, meanOf(aggregateOf(name))])),
    };
  });
}

function geometryCells(record: RunRecord): SummaryCell[] {
  return record.geometry.map(({ region, model, scorer, layer, summary }) => ({
    ...{ region, model, scorer, layer, readout: null, conventions: {} },
    ...{ mean: summary.mean, n: summary.n, nUndefined: summary.nUndefined },
  }));
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/** The summary as a table for a terminal. */
export function renderSummary(cells: readonly SummaryCell[]): string {
  const conventions = [...new Set(cells.flatMap((cell) => Object.keys(cell.conventions)))].filter(
    (id) => id !== 'raw',
  );
  const header = [
    'region',
    'scorer',
    'readout',
    'model',
    'best layer',
    'mean',
    ...conventions,
    'n',
    'undefined',
  ];
  const rows = cells.map((cell) => [
    ...[cell.region, cell.scorer, cell.readout ?? '-', cell.model, cell.layer, format(cell.mean)],
    ...conventions.map((convention) => format(cell.conventions[convention] ?? null)),
    ...[String(cell.n), String(cell.nUndefined)],
  ]);
  return formatTable(header, rows);
}

function format(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}
