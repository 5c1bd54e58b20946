// Stimuli and responses with a planted truth, for tests.

import { rowsInMemory, type FeatureRows, type MeanResponses, type StimulusByVoxel } from '@striate/contracts';

/** Standard normal numbers from a seed: xorshift, and Box and Muller's transform. */
export function normals(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) uniform(); // neighbouring seeds start alike
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

export function ids(prefix: string, length: number): string[] {
  return Array.from({ length }, (_, i) => `${prefix}${i}`);
}

/** Normal numbers as feature maps. */
export function randomMaps(
  n: number,
  shape: readonly [channels: number, height: number, width: number],
  seed: number,
): { features: FeatureRows; data: Float32Array } {
  const normal = normals(seed);
  const data = Float32Array.from({ length: n * shape[0] * shape[1] * shape[2] }, normal);
  return { features: rowsInMemory(ids('s', n), ['channel', 'height', 'width'], shape, data), data };
}

/** Responses, value by value. */
export function responsesOf(
  nStimuli: number,
  nVoxels: number,
  value: (stimulus: number, voxel: number) => number,
): MeanResponses {
  const data = Float64Array.from({ length: nStimuli * nVoxels }, (_, i) =>
    value(Math.floor(i / nVoxels), i % nVoxels),
  );
  const values = { axes: ['stimulus', 'voxel'], shape: [nStimuli, nVoxels], data } as const;
  return { stimulusIds: ids('s', nStimuli), voxelIds: ids('v', nVoxels), values };
}

/** Mean squared error of each voxel. */
export function errorsOf(predictions: StimulusByVoxel, truth: StimulusByVoxel): Float64Array {
  const [nStimuli, nVoxels] = truth.shape;
  const errors = new Float64Array(nVoxels);
  truth.data.forEach((value, i) => (errors[i % nVoxels] += (value - predictions.data[i]) ** 2 / nStimuli));
  return errors;
}

/** R2 of each voxel. */
export function r2Of(predictions: StimulusByVoxel, truth: StimulusByVoxel): Float64Array {
  const [nStimuli, nVoxels] = truth.shape;
  return errorsOf(predictions, truth).map((error, voxel) => {
    const values = Array.from({ length: nStimuli }, (_, s) => truth.data[s * nVoxels + voxel]);
    const mean = values.reduce((sum, y) => sum + y, 0) / nStimuli;
    return 1 - error / (values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / nStimuli);
  });
}
