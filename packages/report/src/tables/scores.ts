// The table of scores.

import {
  decodeFloats,
  type GeometryCell,
  type PredictionCell,
  type RecordedSubject,
  type RunRecord,
} from '@striate/contracts';
import type { Table } from './table.js';

export interface ScoreRow {
  readonly model: string;
  readonly layer: string;
  /** Empty for geometry, which has none. */
  readonly readout: string;
  readonly region: string;
  readonly subject: string;
  /** Empty for the number of a whole region, and for geometry. */
  readonly voxel: string;
  /** The scorer; with `:` and a feature space behind it, what that space earns of the score. */
  readonly metric: string;
  readonly value: number;
  /** Correlation ceiling of the voxel; upper bound of the region for geometry; NaN where there is none. */
  readonly ceiling: number;
  /** `raw`: the score as it is. Any other: the region's number in that convention. */
  readonly convention: string;
  /** Stimuli behind a voxel's score; voxels behind a region's number; stimuli for geometry. */
  readonly n: number;
}

/**
 * All rows of a record, in its order; made one at a time, so that the table never stands in memory.
 *
 * A voxel that belongs to several regions has a row in each. The `n` of a voxel is the largest of the cell: voxels that
 * saw fewer stimuli are not told apart in the record.
 *
 * @param record Checked by `readRecord`, or made by a run.
 */
export function* scoreRows(record: RunRecord): Generator<ScoreRow> {
  const subjects = new Map(record.subjects.map((subject) => [subject.subject, ceilingsOf(subject)]));
  for (const cell of record.predictions) yield* predictionRows(cell, subjects.get(cell.subject)!);
  for (const cell of record.geometry) yield* geometryRows(record, cell);
}

interface SubjectWithCeilings {
  readonly subject: RecordedSubject;
  readonly ceilings: Float64Array | undefined;
}

function ceilingsOf(subject: RecordedSubject): SubjectWithCeilings {
  return { subject, ceilings: subject.ceiling && decodeFloats(subject.ceiling.correlation) };
}

// Rows are spelt out member by member: copying common members by spread takes five times as long, and there are millions.
function* predictionRows(cell: PredictionCell, from: SubjectWithCeilings): Generator<ScoreRow> {
  const { voxelIds, regions } = from.subject;
  const { model, layer, readout, subject, scorer: metric } = cell;
  const values = decodeFloats(cell.values);
  const parts = Object.entries(cell.parts ?? {}).map(
    ([part, shares]) => [part, decodeFloats(shares)] as const,
  );
  for (const { region, conventions } of cell.regions) {
    const place = { model, layer, readout, region, subject, metric };
    for (const position of regions[region]) {
      const [voxel, value] = [voxelIds[position], values[position]];
      const ceiling = from.ceilings ? from.ceilings[position] : Number.NaN;
      const n = cell.nStimuli[1];
      yield { model, layer, readout, region, subject, voxel, metric, value, ceiling, convention: 'raw', n };
    }
    for (const [part, shares] of parts) {
      for (const position of regions[region]) {
        const [voxel, value] = [voxelIds[position], shares[position]];
        const n = cell.nStimuli[1];
        const metricOfPart = `${metric}:${part}`;
        yield { ...place, voxel, metric: metricOfPart, value, ceiling: Number.NaN, convention: 'raw', n };
      }
    }
    for (const { convention, aggregate, nVoxels } of conventions) {
      if (convention === 'raw') continue;
      const value = aggregate ?? Number.NaN;
      yield { ...place, voxel: '', value, ceiling: Number.NaN, convention, n: nVoxels };
    }
  }
}

function* geometryRows(record: RunRecord, cell: GeometryCell): Generator<ScoreRow> {
  const { model, layer, region, scorer: metric } = cell;
  const bounds = record.geometryCeilings.find((each) => each.scorer === metric && each.region === region);
  const ceiling = bounds?.upper ?? Number.NaN;
  const values = decodeFloats(cell.values);
  for (const [i, subject] of cell.subjects.entries()) {
    const common = { model, layer, readout: '', region, subject, voxel: '', metric };
    yield { ...common, value: values[i], ceiling, convention: 'raw', n: record.dataset.nStimuli };
  }
}

export const scoreTable: Table<keyof ScoreRow> = {
  name: 'scores',
  columns: {
    model: 'text',
    layer: 'text',
    readout: 'text',
    region: 'text',
    subject: 'text',
    voxel: 'text',
    metric: 'text',
    value: 'number',
    ceiling: 'number',
    convention: 'text',
    n: 'count',
  },
  rows: scoreRows,
};
