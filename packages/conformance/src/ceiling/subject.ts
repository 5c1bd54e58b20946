import type { CeilingEstimate, NoiseCeiling, RepeatedResponses } from '@striate/contracts';
import type { SubjectWithOptions } from '../options/options-laws.js';

/** A noise ceiling with options. The kit makes the data. */
export interface CeilingSubject extends SubjectWithOptions {
  readonly ceiling: NoiseCeiling;
}

/** Rounding of sums in float64, in any order. */
export const ROUNDING = 1e-9;

export function estimate(
  { ceiling, options }: CeilingSubject,
  responses: RepeatedResponses,
): Promise<CeilingEstimate> {
  return ceiling.doEstimate(responses, options, 11);
}
