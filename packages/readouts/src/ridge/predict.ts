// Predicting block by block of stimuli, for readouts that fit voxels in groups.

import type { Matrix } from '@striate/compute';
import { aborted, shapeMismatch, type StimulusByVoxel } from '@striate/contracts';

/** Stimuli that are read and predicted at a time. */
const ROWS = 512;

export interface Asked {
  /** Id of the readout, for messages. */
  readonly readout: string;
  readonly nStimuli: number;
  readonly nVoxels: number;
  readonly signal?: AbortSignal;
}

/** Takes what is predicted of a group of voxels, [stimulus of the block, voxel of the group] without the voxels' offsets. */
export type Put = (voxels: Int32Array, values: Matrix, offsets: Float64Array) => void;

/**
 * Predict all stimuli.
 *
 * @param predictRows Predicts some rows, and gives each group of voxels to `put`.
 * @returns [stimulus, voxel], float64; NaN for a voxel that was in no group.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function predictInBlocks(
  { readout, nStimuli, nVoxels, signal }: Asked,
  predictRows: (rows: Int32Array, put: Put) => Promise<void>,
): Promise<StimulusByVoxel> {
  const data = new Float64Array(nStimuli * nVoxels).fill(Number.NaN);
  for (let start = 0; start < nStimuli; start += ROWS) {
    if (signal?.aborted) throw aborted(`Predicting with ${readout}`);
    const rows = Int32Array.from({ length: Math.min(ROWS, nStimuli - start) }, (_, i) => start + i);
    await predictRows(rows, (voxels, values, offsets) => {
      for (let i = 0, at = 0; i < rows.length; i++)
        voxels.forEach((voxel, j) => (data[rows[i] * nVoxels + voxel] = values.data[at++] + offsets[j]));
    });
  }
  return { axes: ['stimulus', 'voxel'], shape: [nStimuli, nVoxels], data };
}

/**
 * Stop at features of another length than a readout was fitted on.
 *
 * @param readout Its id, for messages.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`.
 */
export function requireFittedLength(readout: string, actual: number, expected: number): void {
  if (actual === expected) return;
  throw shapeMismatch({
    what: `Features for a fitted ${readout} readout`,
    expected: `${expected} per stimulus, as in training`,
    actual: `${actual}`,
    hint: 'Predict with the layer that the readout was fitted on.',
  });
}
