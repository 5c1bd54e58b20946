// What the sections share: the record's cells put together over subjects.

import { decodeFloats, type PredictionCell, type RecordedSubject, type RunRecord } from '@striate/contracts';

/** A layer of a model in a region, over all subjects. */
export interface Cell {
  readonly model: string;
  readonly layer: string;
  readonly depth: number;
  /** Empty for geometry, which has none. */
  readonly readout: string;
  readonly scorer: string;
  readonly region: string;
  /** Mean over the voxels of all subjects, or over subjects for geometry; NaN if nothing is defined. */
  readonly mean: number;
  /** Standard error of {@link mean}, sd / sqrt(n) with n - 1 in the sd; 0 for one value. */
  readonly sem: number;
  readonly n: number;
  readonly nUndefined: number;
  /** Scores of the voxels of the region, subjects one after the other; of the subjects, for geometry. */
  readonly values: readonly number[];
  /** What the scores of the same voxels could reach at most; empty if that is not known. */
  readonly ceilings: readonly number[];
  /** Convention → mean over subjects of the region's number. */
  readonly conventions: ReadonlyMap<string, number>;
}

/** Which of a voxel's ceilings bounds a score. Other scores have no known bound. */
const CEILING_OF: Readonly<Record<string, 'correlation' | 'variance'>> = {
  pearson: 'correlation',
  r2: 'variance',
};

/** All cells of prediction scores, subjects pooled. */
export function predictionCells(record: RunRecord): Cell[] {
  const groups = groupBy(record.predictions, ({ model, layer, readout, scorer }) =>
    JSON.stringify([model, layer, readout, scorer]),
  );
  return groups.flatMap((cells) => {
    const parts = cells.map((cell) => decode(record, cell));
    return record.regions.flatMap((region) => {
      const here = parts.filter(({ cell }) => cell.regions.some((each) => each.region === region));
      return here.length === 0 ? [] : [poolSubjects(record, region, here)];
    });
  });
}

/** All cells of geometry scores. */
export function geometryCells(record: RunRecord): Cell[] {
  return record.geometry.map(({ model, layer, scorer, region, values }) => {
    const scores = [...decodeFloats(values)];
    const place = { model, layer, scorer, region, readout: '', depth: depthOf(record, model, layer) };
    return { ...place, ...moments(scores), values: scores, ceilings: [], conventions: new Map() };
  });
}

interface DecodedCell {
  readonly cell: PredictionCell;
  readonly subject: RecordedSubject;
  readonly scores: Float64Array;
  readonly ceilings: Float64Array | undefined;
}

function decode(record: RunRecord, cell: PredictionCell): DecodedCell {
  const subject = record.subjects.find((each) => each.subject === cell.subject)!;
  const kind = CEILING_OF[record.scorers.find(({ name }) => name === cell.scorer)?.id ?? ''];
  const ceilings = subject.ceiling && kind ? decodeFloats(subject.ceiling[kind]) : undefined;
  return { cell, subject, scores: decodeFloats(cell.values), ceilings };
}

function poolSubjects(record: RunRecord, region: string, parts: readonly DecodedCell[]): Cell {
  const { model, layer, readout, scorer } = parts[0].cell;
  const pool = (valuesOf: (part: DecodedCell) => Float64Array) =>
    parts.flatMap((part) => part.subject.regions[region].map((position) => valuesOf(part)[position]));
  const values = pool(({ scores }) => scores);
  const hasCeilings = parts.every(({ ceilings }) => ceilings);
  return {
    ...{ model, layer, readout, scorer, region, depth: depthOf(record, model, layer) },
    ...moments(values),
    values,
    ceilings: hasCeilings ? pool(({ ceilings }) => ceilings!) : [],
    conventions: poolConventions(region, parts),
  };
}

function poolConventions(region: string, parts: readonly DecodedCell[]): Map<string, number> {
  const results = parts.flatMap(
    ({ cell }) => cell.regions.find((each) => each.region === region)!.conventions,
  );
  const groups = groupBy(results, ({ convention }) => convention);
  return new Map(
    groups.map((group) => {
      const defined = group.flatMap(({ aggregate }) => (aggregate === null ? [] : [aggregate]));
      return [group[0].convention, meanOf(defined)];
    }),
  );
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

/** Arithmetic mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Items with the same key, in the order in which keys appear. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
