// Readers of numbers, all of them finite.

import { valueThat, type ReadOption } from './read-option.js';

/** A whole number of at least `least`. */
export function wholeNumber(least: number, fallback?: number): ReadOption<number> {
  return valueThat(
    least === -Infinity ? 'a whole number' : `a whole number of at least ${least}`,
    (given): given is number => Number.isSafeInteger(given) && (given as number) >= least,
    fallback,
  );
}

/** A number of at least `least`. */
export function numberFrom(least: number, fallback?: number): ReadOption<number> {
  return valueThat(
    least === -Infinity ? 'a number' : `a number of at least ${least}`,
    (given): given is number => Number.isFinite(given) && (given as number) >= least,
    fallback,
  );
}

/** A number between two others, these left out. */
export function numberBetween(low: number, high: number, fallback?: number): ReadOption<number> {
  return valueThat(
    high === Infinity ? `a number above ${low}` : `a number between ${low} and ${high}`,
    (given): given is number => typeof given === 'number' && given > low && given < high,
    fallback,
  );
}
