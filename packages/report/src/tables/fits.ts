// The table of fits: what each readout reports of each voxel.

import { decodeFloats, type FitRecord, type RunRecord } from '@striate/contracts';
import type { Table } from './table.js';

export interface FitRow {
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly region: string;
  readonly subject: string;
  readonly voxel: string;
  /** Name that the readout gives the number: `alpha`, `fieldX`, ... */
  readonly quantity: string;
  /** Mean over folds, NaN where it is undefined. */
  readonly value: number;
  /** Fitted numbers of the readout for all voxels of the subject together. */
  readonly n_parameters: number;
}

/**
 * All rows of a record: fits in its order, then regions, then quantities. A voxel that belongs to several regions has a
 * row in each.
 *
 * @param record Checked by `readRecord`, or made by a run.
 */
export function* fitRows(record: RunRecord): Generator<FitRow> {
  for (const fit of record.fits) yield* rowsOfFit(record, fit);
}

function* rowsOfFit(record: RunRecord, fit: FitRecord): Generator<FitRow> {
  const { voxelIds, regions } = record.subjects.find((each) => each.subject === fit.subject)!;
  const { model, layer, readout, subject, nParameters: n_parameters } = fit;
  const quantities = Object.entries(fit.perVoxel).map(
    ([name, floats]) => [name, decodeFloats(floats)] as const,
  );
  for (const region of record.regions) {
    for (const [quantity, values] of quantities) {
      for (const position of regions[region] ?? []) {
        const [voxel, value] = [voxelIds[position], values[position]];
        yield { model, layer, readout, region, subject, voxel, quantity, value, n_parameters };
      }
    }
  }
}

export const fitTable: Table<keyof FitRow> = {
  name: 'fits',
  columns: {
    model: 'text',
    layer: 'text',
    readout: 'text',
    region: 'text',
    subject: 'text',
    voxel: 'text',
    quantity: 'text',
    value: 'number',
    n_parameters: 'large-count',
  },
  rows: fitRows,
};
