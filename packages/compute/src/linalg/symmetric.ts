import { nonFinite, notSymmetric, shapeMismatch } from '@striate/contracts';
import { precisionOf, type Matrix } from './matrix.js';

/** Unit roundoff. */
export const EPSILON = { float32: 2 ** -24, float64: 2 ** -53 } as const;

/** Products of a matrix with itself are symmetric up to so many units of rounding in the largest element. */
const ROUNDING = 64;

/**
 * Check that a matrix is square, finite, and symmetric up to rounding.
 *
 * @param what Its name, for messages.
 * @returns The largest magnitude.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`, `STRIATE_NON_FINITE`, `STRIATE_NOT_SYMMETRIC`.
 */
export function requireSymmetric(what: string, a: Matrix): number {
  const { rows: n, columns, data } = a;
  if (n !== columns)
    throw shapeMismatch({ what, expected: 'n x n values', actual: `${n} x ${columns} values` });
  const largest = requireFinite(what, a);
  const tolerance = ROUNDING * EPSILON[precisionOf(a)] * largest;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [value, mirrored] = [data[i * n + j], data[j * n + i]];
      if (Math.abs(value - mirrored) > tolerance)
        throw notSymmetric({ what, row: i, column: j, value, mirrored });
    }
  }
  return largest;
}

/**
 * Check that there is no NaN and no infinity.
 *
 * @returns The largest magnitude.
 * @throws {DataError} `STRIATE_NON_FINITE`.
 */
export function requireFinite(what: string, { columns, data }: Matrix): number {
  let largest = 0;
  let count = 0;
  let first = -1;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]);
    if (size > largest) largest = size;
    if (size <= Number.MAX_VALUE) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return largest;
  const place = `row ${Math.floor(first / columns)}, column ${first % columns}`;
  throw nonFinite({ what, count, total: data.length, first: place });
}
