// What the sections share: cells of the record put together over subjects, and each model's best layer.

import { decodeFloats, type RunRecord } from '@striate/contracts';

/** A layer of a model in a region, over all subjects. */
export interface Cell {
  readonly model: string;
  readonly layer: string;
  readonly depth: number;
  readonly readout: string;
  readonly scorer: string;
  readonly region: string;
  /** Mean over the voxels of all subjects, or over subjects for geometry; NaN if nothing is defined. */
  readonly mean: number;
  readonly sem: number;
  readonly n: number;
  readonly nUndefined: number;
  /** Scores of the voxels of the region, subjects one after the other; of the subjects, for geometry. */
  readonly values: readonly number[];
  /** Correlation ceilings of the same voxels; empty if there are none. */
  readonly ceilings: readonly number[];
  readonly conventions: ReadonlyMap<string, number>;
}

/** All cells of prediction scores, subjects pooled. */
export function predictionCells(record: RunRecord): Cell[] {
  const groups = new Map<string, RunRecord['predictions'][number][]>();
  for (const cell of record.predictions) {
    const id = JSON.stringify([cell.model, cell.layer, cell.readout, cell.scorer]);
    groups.set(id, [...(groups.get(id) ?? []), cell]);
  }
  return [...groups.values()].flatMap((cells) =>
    record.regions.flatMap((region) => {
      const here = cells.filter((cell) => cell.regions.some((each) => each.region === region));
      return here.length === 0 ? [] : [poolSubjects(record, region, here)];
    }),
  );
}

function poolSubjects(
  record: RunRecord,
  region: string,
  cells: readonly RunRecord['predictions'][number][],
): Cell {
  const { model, layer, readout, scorer } = cells[0];
  const values: number[] = [];
  const ceilings: number[] = [];
  const sums = new Map<string, number[]>();
  for (const cell of cells) {
    const subject = record.subjects.find((each) => each.subject === cell.subject)!;
    const scores = decodeFloats(cell.values);
    const ceiling = subject.ceiling && decodeFloats(subject.ceiling.correlation);
    for (const position of subject.regions[region]) {
      values.push(scores[position]);
      if (ceiling) ceilings.push(ceiling[position]);
    }
    for (const { convention, aggregate } of cell.regions.find((each) => each.region === region)!
      .conventions) {
      if (aggregate !== null) sums.set(convention, [...(sums.get(convention) ?? []), aggregate]);
    }
  }
  const conventions = new Map([...sums].map(([convention, all]) => [convention, meanOf(all)]));
  const place = { model, layer, readout, scorer, region, depth: depthOf(record, model, layer) };
  return { ...place, ...moments(values), values, ceilings, conventions };
}

/** All cells of geometry scores. */
export function geometryCells(record: RunRecord): Cell[] {
  return record.geometry.map(({ model, layer, scorer, region, values }) => {
    const scores = [...decodeFloats(values)];
    const place = { model, layer, scorer, region, readout: '', depth: depthOf(record, model, layer) };
    return { ...place, ...moments(scores), values: scores, ceilings: [], conventions: new Map() };
  });
}

function depthOf(record: RunRecord, model: string, layer: string): number {
  const layers = record.models.find((each) => each.name === model)?.layers ?? [];
  return layers.find((each) => each.name === layer)?.depth ?? 0;
}

function moments(values: readonly number[]) {
  const defined = values.filter((value) => !Number.isNaN(value));
  const mean = meanOf(defined);
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const n = defined.length;
  return { mean, sem: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0, n, nUndefined: values.length - n };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The layer with the largest mean, for each model; models in the record's order. */
export function bestLayers(record: RunRecord, cells: readonly Cell[]): Cell[] {
  return record.models.flatMap(({ name }) => {
    const own = cells.filter((cell) => cell.model === name && !Number.isNaN(cell.mean));
    return own.length === 0 ? [] : [own.reduce((best, cell) => (cell.mean > best.mean ? cell : best))];
  });
}

/** Position of a model in the record: its colour. */
export function modelIndex(record: RunRecord, model: string): number {
  return record.models.findIndex(({ name }) => name === model);
}

/** Readouts and scorers that were combined, in the record's order. */
export function combinations(cells: readonly Cell[]): { readout: string; scorer: string }[] {
  const seen = new Map(
    cells.map(({ readout, scorer }) => [JSON.stringify([readout, scorer]), { readout, scorer }]),
  );
  return [...seen.values()];
}
