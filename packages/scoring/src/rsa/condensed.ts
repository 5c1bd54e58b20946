// RDMs as one number per pair of conditions: the upper triangle, row by row, without the diagonal (scipy's condensed
// form). Pair (i, j) with i < j stands at i n - i (i + 1) / 2 + j - i - 1.

import { describeShape, shapeMismatch, type LabelledArray } from '@striate/contracts';

/** Number of pairs of n conditions. */
export function countPairs(nConditions: number): number {
  return (nConditions * (nConditions - 1)) / 2;
}

/** Where the pair (i, i + 1) stands; the pairs (i, i + 2), ... follow it. */
export function firstPairOf(i: number, nConditions: number): number {
  return i * nConditions - (i * (i + 1)) / 2;
}

/**
 * Take the upper triangle of a square RDM.
 *
 * @param rdm [condition, condition], symmetric; the lower triangle and the diagonal are not read.
 * @returns One dissimilarity per pair, float64.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if it is not square.
 */
export function condenseRdm(rdm: LabelledArray<readonly ['condition', 'condition']>): Float64Array {
  const [n, nColumns] = rdm.shape;
  if (n !== nColumns) {
    throw shapeMismatch({
      what: 'RDM',
      expected: `[condition ${n}, condition ${n}]`,
      actual: describeShape(rdm.axes, rdm.shape),
      hint: 'An RDM has one row and one column per condition.',
    });
  }
  const pairs = new Float64Array(countPairs(n));
  for (let i = 0; i < n; i++) {
    pairs.set(rdm.data.subarray(i * n + i + 1, (i + 1) * n), firstPairOf(i, n));
  }
  return pairs;
}
