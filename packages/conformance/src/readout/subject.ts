import type { FittedReadout, FitRequest, Readout } from '@striate/contracts';
import { demandSameWords } from '../evidence/same.js';
import type { SubjectWithOptions } from '../options/options-laws.js';
import type { Planted } from './planted.js';

/** A readout with options. The kit makes the data. */
export interface ReadoutSubject extends SubjectWithOptions {
  readonly readout: Readout;
  /** True for a readout that is trained in small batches: the order of stimuli then changes what it finds. */
  readonly isOrderDependent?: boolean;
}

/** Rounding of readouts that compute in float32, as a share of the largest prediction. */
export const ROUNDING = 1e-4;

export function fit(
  { readout, options }: ReadoutSubject,
  planted: Planted,
  changes: Partial<FitRequest> = {},
): Promise<FittedReadout> {
  const request = { inputs: planted.train, responses: planted.responses, seed: 7, ...changes };
  return readout.doFit(request, options);
}

/** Fit and predict the held-out stimuli, [stimulus, voxel]. */
export async function fitAndPredict(
  subject: ReadoutSubject,
  planted: Planted,
  changes: Partial<FitRequest> = {},
) {
  const fitted = await fit(subject, planted, changes);
  const predictions = await fitted.doPredict(planted.test);
  const expected = [planted.truth.shape[0], planted.responses.voxelIds.length].map(String);
  demandSameWords('shape of predictions', predictions.shape.map(String), expected);
  return { fitted, predictions };
}
