import { labelled, type Observed, type PredictionScorer, type StimulusByVoxel } from '@striate/contracts';
import type { SubjectWithOptions } from '../options/options-laws.js';
import { matrixOf } from '../planted/matrix.js';
import { randomFrom } from '../planted/random.js';

/** A prediction scorer with options, and what its documentation says of it. */
export interface ScorerSubject extends SubjectWithOptions {
  readonly scorer: PredictionScorer;
  /** Changes of a voxel's predictions (plus a number, times a positive number) that leave its score alone. */
  readonly invariantTo?: readonly ('shift' | 'scale')[];
  /** Score of predictions that equal the responses. */
  readonly perfect: number;
}

export interface ScoredData {
  readonly predictions: StimulusByVoxel;
  readonly responses: StimulusByVoxel;
  readonly observed?: Observed;
}

/** Rounding of sums in float64, in any order. */
export const ROUNDING = 1e-9;

/** Responses around different means, and predictions that hold a voxel-dependent part of them. */
export function plantPredictions(nStimuli = 40, nVoxels = 7, seed = 1): ScoredData {
  const random = randomFrom(seed);
  const responses = matrixOf(nStimuli, nVoxels, (_, v) => v - 2 + random.normal());
  const predictions = matrixOf(nStimuli, nVoxels, (s, v) => {
    const response = responses.data[s * nVoxels + v];
    return response + v * 0.5 * random.normal();
  });
  return { predictions, responses };
}

/** A mask that hides every third measurement, another third for each voxel. */
export function maskOf({ responses }: ScoredData): Observed {
  const nVoxels = responses.shape[1];
  return Uint8Array.from({ length: responses.data.length }, (_, i) =>
    (Math.floor(i / nVoxels) + (i % nVoxels)) % 3 === 0 ? 0 : 1,
  );
}

/** The same with one number in place of everything that the mask hides. */
export function fillHidden(matrix: StimulusByVoxel, observed: Observed, value: number): StimulusByVoxel {
  const data = Float64Array.from(matrix.data, (kept, i) => (observed[i] ? kept : value));
  return labelled(['stimulus', 'voxel'], matrix.shape, data);
}

export function score(subject: ScorerSubject, data: ScoredData) {
  return subject.scorer.doScore(data, subject.options);
}
