// Small matrices [stimulus, voxel] and what laws do to them.

import { labelled, type FloatArray, type StimulusByVoxel } from '@striate/contracts';

/** Positions 0...length-1. */
export function positions(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** Ids `s0`, `s1`, ... */
export function numberedIds(prefix: string, length: number): string[] {
  return positions(length).map((i) => `${prefix}${i}`);
}

/** Fill a matrix value by value. */
export function matrixOf(
  nStimuli: number,
  nVoxels: number,
  value: (stimulus: number, voxel: number) => number,
): StimulusByVoxel {
  const data = Float64Array.from({ length: nStimuli * nVoxels }, (_, i) =>
    value(Math.floor(i / nVoxels), i % nVoxels),
  );
  return labelled(['stimulus', 'voxel'], [nStimuli, nVoxels], data);
}

/** The same matrix in another precision, or with other values. */
export function mapMatrix(
  matrix: StimulusByVoxel,
  change: (data: FloatArray) => FloatArray,
): StimulusByVoxel {
  return { ...matrix, data: change(matrix.data) };
}

/** Some columns, in the order wanted. */
export function pickVoxels(matrix: StimulusByVoxel, voxels: readonly number[]): StimulusByVoxel {
  const [nStimuli, nVoxels] = matrix.shape;
  return matrixOf(nStimuli, voxels.length, (s, v) => matrix.data[s * nVoxels + voxels[v]]);
}

/** Some rows, in the order wanted. */
export function pickStimuli(matrix: StimulusByVoxel, stimuli: readonly number[]): StimulusByVoxel {
  const nVoxels = matrix.shape[1];
  return matrixOf(stimuli.length, nVoxels, (s, v) => matrix.data[stimuli[s] * nVoxels + v]);
}

/** One column. */
export function voxelOf(matrix: StimulusByVoxel, voxel: number): Float64Array {
  const [nStimuli, nVoxels] = matrix.shape;
  return Float64Array.from({ length: nStimuli }, (_, s) => matrix.data[s * nVoxels + voxel]);
}

/** Values of some voxels, in the order wanted. */
export function pick(values: ArrayLike<number>, chosen: readonly number[]): Float64Array {
  return Float64Array.from(chosen, (i) => values[i]);
}
