import type { CeilingValues, Convention } from '@striate/contracts';
import type { Subject } from '../law/law.js';

export interface ConventionSubject extends Subject {
  readonly convention: Convention;
}

/** Rounding of a few operations in float64. */
export const ROUNDING = 1e-12;

/** A ceiling from the explainable shares of variance. */
export function ceilingOf(variance: readonly number[]): CeilingValues {
  return { variance: Float64Array.from(variance), correlation: Float64Array.from(variance, Math.sqrt) };
}

/** Scores of five voxels, and their ceilings, all well above the thresholds in use. */
export const SCORES = [0.3, 0.55, 0.2, 0.6, 0.45] as const;
export const CEILING = [0.5, 0.64, 0.4, 0.81, 0.7] as const;

export function normalise(
  { convention }: ConventionSubject,
  scores: readonly number[],
  variance: readonly number[],
) {
  return convention.apply({ scores: Float64Array.from(scores), ceiling: ceilingOf(variance) });
}
