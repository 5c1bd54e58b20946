// The long table: one row per number.

import { decodeFloats, type GeometryCell, type PredictionCell, type RunRecord } from '@striate/contracts';

export interface ScoreRow {
  readonly model: string;
  readonly layer: string;
  /** Empty for geometry, which has none. */
  readonly readout: string;
  readonly region: string;
  readonly subject: string;
  /** Empty for the number of a whole region, and for geometry. */
  readonly voxel: string;
  readonly metric: string;
  readonly value: number;
  /** Correlation ceiling of the voxel; upper bound of the region for geometry; NaN where there is none. */
  readonly ceiling: number;
  /** `raw`: the score as it is. Any other: the region's number in that convention. */
  readonly convention: string;
  /** Stimuli behind a voxel's score; voxels behind a region's number; stimuli for geometry. */
  readonly n: number;
}

export const COLUMNS = [
  'model',
  'layer',
  'readout',
  'region',
  'subject',
  'voxel',
  'metric',
  'value',
  'ceiling',
  'convention',
  'n',
] as const satisfies readonly (keyof ScoreRow)[];

/**
 * All rows of a record, in its order; made one at a time, so that the table never stands in memory.
 *
 * A voxel that belongs to several regions has a row in each. The `n` of a voxel is the largest of the cell: voxels that
 * saw fewer stimuli are not told apart in the record.
 *
 * @param record Checked by `readRecord`, or made by a run.
 */
export function* scoreRows(record: RunRecord): Generator<ScoreRow> {
  for (const cell of record.predictions) yield* predictionRows(record, cell);
  for (const cell of record.geometry) yield* geometryRows(record, cell);
}

function* predictionRows(record: RunRecord, cell: PredictionCell): Generator<ScoreRow> {
  const subject = record.subjects.find((each) => each.subject === cell.subject)!;
  const values = decodeFloats(cell.values);
  const ceilings = subject.ceiling && decodeFloats(subject.ceiling.correlation);
  const { model, layer, readout, scorer: metric } = cell;
  for (const { region, conventions } of cell.regions) {
    const common = { model, layer, readout, region, subject: cell.subject, metric };
    for (const position of subject.regions[region]) {
      const ceiling = ceilings ? ceilings[position] : Number.NaN;
      const voxel = subject.voxelIds[position];
      yield { ...common, voxel, value: values[position], ceiling, convention: 'raw', n: cell.nStimuli[1] };
    }
    for (const { convention, aggregate, nVoxels } of conventions) {
      if (convention === 'raw') continue;
      const value = aggregate ?? Number.NaN;
      yield { ...common, voxel: '', value, ceiling: Number.NaN, convention, n: nVoxels };
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
