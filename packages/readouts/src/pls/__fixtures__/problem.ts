// Stimuli, and what is done with them in the tests.

import { rowsInMemory, type FeatureRows, type FittedReadout, type MeanResponses } from '@striate/contracts';
import { ids, normals } from '../../__fixtures__/planted.js';
import { create } from '../readout.js';

const pls = create();

/** Features as vectors, row by row. */
export function vectors(nFeatures: number, data: ArrayLike<number>): FeatureRows {
  const stimuli = ids('s', data.length / nFeatures);
  return rowsInMemory(stimuli, ['feature'], [nFeatures], Float32Array.from(data));
}

/** Normal numbers as features. */
export function normalVectors(nStimuli: number, nFeatures: number, seed: number): FeatureRows {
  return vectors(nFeatures, Float32Array.from({ length: nStimuli * nFeatures }, normals(seed)));
}

export function fit(features: FeatureRows, responses: MeanResponses, options = {}): Promise<FittedReadout> {
  return pls.doFit({ inputs: { features }, responses, seed: 1 }, pls.parseOptions(options));
}

/** [stimulus, voxel]. */
export async function predict(fitted: FittedReadout, features: FeatureRows): Promise<number[]> {
  return [...(await fitted.doPredict({ features })).data];
}

/** Some columns of a matrix with so many. */
export function columnsOf(data: readonly number[], nColumns: number, wanted: readonly number[]): number[] {
  return data.filter((_, i) => wanted.includes(i % nColumns));
}

/** Largest difference, as a share of the largest value that is expected. */
export function largestError(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...actual.map((value, i) => Math.abs(value - expected[i]))) / largest;
}
