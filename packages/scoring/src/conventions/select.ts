// Which voxels a convention keeps, and how it puts them together.

import { ceilingMissing, type CeilingValues } from '@striate/contracts';

/**
 * The ceiling that a convention divides by.
 *
 * @throws {UsageError} `STRIATE_CEILING_MISSING` if there is none.
 */
export function requireCeiling(ceiling: CeilingValues | undefined, convention: string): CeilingValues {
  if (ceiling) return ceiling;
  throw ceilingMissing({ convention });
}

/** Apply a formula to the voxels that qualify; the others become NaN. */
export function mapVoxels(
  scores: Float64Array,
  ceiling: Float64Array,
  qualifies: (ceiling: number) => boolean,
  formula: (score: number, ceiling: number) => number,
): Float64Array {
  return scores.map((score, v) => (qualifies(ceiling[v]) ? formula(score, ceiling[v]) : NaN));
}

/** The values that are numbers. */
export function defined(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** Mean; NaN of nothing. */
export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Median, the mean of the middle two of an even number; NaN of nothing. */
export function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
