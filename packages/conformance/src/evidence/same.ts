// How laws compare numbers; the message says where the worst difference is, and both values.

import { demand } from '../law/breach.js';

type Numbers = ArrayLike<number>;

/** Demand equality to the last bit (all NaN count as one, -0 and 0 as two). */
export function demandSameBits(what: string, actual: Numbers, expected: Numbers): void {
  demandSameLength(what, actual, expected);
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue;
    demand(false, `${what} differ at index ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

/**
 * Demand equality but for rounding; NaN only where NaN is expected.
 *
 * @param tolerance Largest difference allowed, as a share of the largest expected magnitude.
 */
export function demandClose(what: string, actual: Numbers, expected: Numbers, tolerance: number): void {
  demandSameLength(what, actual, expected);
  const allowed = tolerance * largestMagnitude(expected);
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i]) || Math.abs(actual[i] - expected[i]) <= allowed) continue;
    demand(
      false,
      `${what} differ at index ${i}: ${actual[i]} instead of ${expected[i]} (allowed: ${allowed})`,
    );
  }
}

/** Demand that all values are one number, but for rounding. */
export function demandAllClose(what: string, actual: Numbers, expected: number, tolerance: number): void {
  demandClose(what, actual, Array<number>(actual.length).fill(expected), tolerance);
}

export function demandSameLength(what: string, actual: Numbers, expected: Numbers): void {
  demand(actual.length === expected.length, `${what}: ${actual.length} values instead of ${expected.length}`);
}

/** Demand that no value is NaN or infinite. */
export function demandFinite(what: string, values: Numbers): void {
  const at = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value));
  demand(at < 0, `${what} hold ${values[at]} at index ${at}`);
}

/** Demand equal lists of words. */
export function demandSameWords(what: string, actual: readonly string[], expected: readonly string[]): void {
  const isSame = actual.length === expected.length && actual.every((word, i) => word === expected[i]);
  demand(isSame, `${what}: [${actual.join(', ')}] instead of [${expected.join(', ')}]`);
}

/** The first word that stands twice. */
export function firstDuplicate(words: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return words.find((word) => seen.size === seen.add(word).size);
}

function largestMagnitude(values: Numbers): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]));
  }
  return largest;
}
