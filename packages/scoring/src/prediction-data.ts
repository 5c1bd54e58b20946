// What a prediction scorer is given, and the checks that all of them share.

import {
  describeShape,
  shapeMismatch,
  type Observed,
  type PredictionScores,
  type StimulusByVoxel,
} from '@striate/contracts';

export interface PredictionData {
  /** [stimulus, voxel], same unit as the responses. */
  readonly predictions: StimulusByVoxel;
  /** [stimulus, voxel]. */
  readonly responses: StimulusByVoxel;
  /** [stimulus, voxel], 1 = measured; absent: everything was. */
  readonly observed?: Observed;
}

/**
 * Assert that predictions, responses and mask are of the same shape.
 *
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if they are not.
 */
export function assertSameShape({ predictions, responses, observed }: PredictionData): void {
  const expected = describeShape(responses.axes, responses.shape);
  const actual = describeShape(predictions.axes, predictions.shape);
  if (actual !== expected) throw shapeMismatch({ what: 'predictions to be scored', expected, actual });
  if (observed && observed.length !== responses.data.length) {
    throw shapeMismatch({
      what: 'mask of observed responses',
      expected,
      actual: `${observed.length} values`,
    });
  }
}

/** Scores with the number of undefined ones. */
export function countedScores(values: Float64Array, n: Uint32Array): PredictionScores {
  return { values, n, nUndefined: countNaN(values) };
}

/** How many values are NaN. */
export function countNaN(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}
