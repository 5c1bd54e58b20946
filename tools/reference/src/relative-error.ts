// How far computed values are from expected ones, as one number per array.

/** Share of an array's largest value below which errors are measured against that share instead of the value. */
export const FLOOR = 0.01;

/** A ratio beyond this has a denominator that is rounding: it counts as infinite. */
const INFINITE = 1e15;

/**
 * Find the largest relative error.
 *
 *     max over i of |actual_i - expected_i| / max(|expected_i|, floor max_j |expected_j|)
 *
 * The floor keeps a value that is zero but for rounding from deciding. Where all expected values are zero the error is
 * absolute. Equal undefined and equal infinite values have no error; a value that is undefined on one side has an
 * infinite one, and so has a number of values that differs.
 */
export function largestRelativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  floorShare = FLOOR,
): number {
  if (actual.length !== expected.length) return Infinity;
  const floor = floorShare * largestFinite(expected) || 1;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, errorOf(settled(actual[i]), settled(expected[i]), floor));
  }
  return worst;
}

function errorOf(actual: number, expected: number, floor: number): number {
  if (Object.is(actual, expected)) return 0;
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
  return Number.isNaN(error) ? Infinity : error;
}

function settled(value: number): number {
  return Math.abs(value) > INFINITE ? Math.sign(value) * Infinity : value;
}

function largestFinite(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(settled(values[i]));
    if (size < Infinity && size > largest) largest = size;
  }
  return largest;
}
