import {
  listOf,
  mapping,
  numberBetween,
  numberFrom,
  refuseOption,
  wholeNumber,
  type ReadOption,
} from '@striate/contracts';

const readList = listOf(numberBetween(0, Infinity));
const readRange = mapping({
  from: numberFrom(-Infinity),
  to: numberFrom(-Infinity),
  count: wholeNumber(1),
});

const readPowers: ReadOption<number[]> = (given, at) => {
  const { from, to, count } = readRange(given, at);
  return powersOfTen(from, to, count);
};

/** Penalties: a list of numbers > 0, or `{ from, to, count }` in powers of ten; each once, ascending. */
export function penalties(fallback: readonly number[]): ReadOption<readonly number[]> {
  return (given: unknown = fallback, at) => {
    if (typeof given !== 'object' || given === null) {
      return refuseOption(at, 'a list of numbers > 0, or { from, to, count } in powers of ten', given);
    }
    const alphas = readList(Array.isArray(given) ? given : readPowers(given, at), at);
    return [...new Set(alphas)].sort((a, b) => a - b);
  };
}

/** `count` numbers from 10^from to 10^to, equally spaced on a logarithmic scale. */
export function powersOfTen(from: number, to: number, count: number): number[] {
  if (count === 1) return [10 ** from];
  return Array.from({ length: count }, (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)));
}
