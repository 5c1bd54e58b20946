// The ways to compare two RDMs. What has to be done to each RDM alone (ranking) is apart, so that it is done once per
// RDM and not once per pair of RDMs.

import { describeShape, shapeMismatch } from '@striate/contracts';
import { correlate } from '../correlation/correlate.js';
import { correlateKendall } from '../rank/kendall.js';
import { rankValues } from '../rank/ranks.js';

interface Comparison {
  readonly title: string;
  prepare(rdm: Float64Array): Float64Array;
  correlate(a: Float64Array, b: Float64Array): number;
}

const asIs = (rdm: Float64Array) => rdm;

export const COMPARISONS = {
  spearman: { title: "Spearman's rank correlation", prepare: rankValues, correlate },
  kendall: {
    title: "Kendall's tau-b",
    prepare: asIs,
    correlate: (a, b) => correlateKendall(a, b, 'b'),
  },
  'kendall-a': {
    title: "Kendall's tau-a",
    prepare: asIs,
    correlate: (a, b) => correlateKendall(a, b, 'a'),
  },
  pearson: { title: "Pearson's correlation", prepare: asIs, correlate },
} as const satisfies Record<string, Comparison>;

export type ComparisonName = keyof typeof COMPARISONS;

export interface ComparisonOptions {
  /** `kendall` is tau-b. */
  readonly comparison: ComparisonName;
  /** Square the correlation (its sign is lost), as Algonauts 2019 does. */
  readonly squared: boolean;
}

/**
 * Compare one RDM with others of the same conditions.
 *
 * @param rdm     Condensed: one dissimilarity per pair of conditions.
 * @param options Which correlation, and whether it is squared.
 * @returns A function from another condensed RDM to the correlation; NaN if either is constant or holds a NaN. It throws
 *   `STRIATE_SHAPE_MISMATCH` if the number of pairs differs.
 */
export function comparerWith(rdm: Float64Array, options: ComparisonOptions): (other: Float64Array) => number {
  const { prepare, correlate: correlation } = COMPARISONS[options.comparison];
  const prepared = prepare(rdm);
  return (other) => {
    assertSamePairs(rdm, other);
    const r = correlation(prepared, prepare(other));
    return options.squared ? r ** 2 : r;
  };
}

/**
 * Compare two RDMs of the same conditions in the same order.
 *
 * @param a       Condensed: one dissimilarity per pair of conditions.
 * @param b       Condensed, same length.
 * @param options Which correlation (default `spearman`), and whether it is squared (default no).
 * @returns The correlation over pairs; NaN if either RDM is constant or holds a NaN.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the number of pairs differs.
 * @source Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008; Nili et al. 2014 on the choice.
 * @example
 * compareRdms(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 9)) // => 1
 */
export function compareRdms(
  a: Float64Array,
  b: Float64Array,
  options: Partial<ComparisonOptions> = {},
): number {
  return comparerWith(a, { comparison: 'spearman', squared: false, ...options })(b);
}

function assertSamePairs(a: Float64Array, b: Float64Array): void {
  if (a.length === b.length) return;
  throw shapeMismatch({
    what: 'RDMs to be compared',
    expected: describeShape(['pair'], [a.length]),
    actual: describeShape(['pair'], [b.length]),
    hint: 'Both have to be of the same conditions, in the same order.',
  });
}
