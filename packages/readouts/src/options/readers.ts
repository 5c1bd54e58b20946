// Options as a user wrote them. One reader per option; a readout's parser is a record of readers.

import { invalidOption, suggest, type Parse } from '@striate/contracts';

/** Reads one option; `undefined` means that the user did not give it. Throws `STRIATE_INVALID_OPTION`. */
export type ReadOption<Value> = (value: unknown, option: string, who: string) => Value;

export type Readers<Options> = { readonly [Name in keyof Options]-?: ReadOption<Options[Name]> };

/**
 * Make the parser of a readout's options.
 *
 * @param who     The readout's id, for messages.
 * @param readers One reader per option.
 * @returns A parser that fills in defaults; it throws `STRIATE_INVALID_OPTION` for an unknown option, a value of the
 *   wrong type or out of range, and for options that are no mapping.
 */
export function optionsParser<Options extends object>(
  who: string,
  readers: Readers<Options>,
): Parse<Options> {
  const names = Object.keys(readers) as (keyof Options & string)[];
  return (raw) => {
    const given = raw ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) refuse('options', who, 'a mapping', given);
    for (const [option, value] of Object.entries(given)) {
      if (names.includes(option as never)) continue;
      refuse(option, who, 'left out: there is no such option', value, suggest(option, names));
    }
    const entries = names.map((name) => [name, readers[name]((given as Partial<Options>)[name], name, who)]);
    return Object.fromEntries(entries) as Options;
  };
}

/** A reader of values that are right or wrong as they are. */
export function valueThat<Value>(
  expected: string,
  fallback: Value,
  isRight: (value: unknown) => boolean,
): ReadOption<Value> {
  return (value = fallback, option, who) =>
    isRight(value) ? (value as Value) : refuse(option, who, expected, value);
}

/** True or false. */
export const flag = (fallback: boolean): ReadOption<boolean> =>
  valueThat('true or false', fallback, (value) => typeof value === 'boolean');

/** A word out of a list. */
export const oneOf = <const Word extends string>(
  words: readonly Word[],
  fallback: NoInfer<Word>,
): ReadOption<Word> =>
  valueThat(words.map((word) => `"${word}"`).join(' or '), fallback, (value) =>
    words.includes(value as Word),
  );

/** A whole number of at least `least`. */
export const wholeNumber = (least: number, fallback: number): ReadOption<number> =>
  valueThat(
    `a whole number of at least ${least}`,
    fallback,
    (value) => Number.isSafeInteger(value) && (value as number) >= least,
  );

/** A number between two others, these left out. */
export const numberBetween = (low: number, high: number, fallback: number): ReadOption<number> =>
  valueThat(
    high === Infinity ? `a number above ${low}` : `a number between ${low} and ${high}`,
    fallback,
    (value) => typeof value === 'number' && value > low && value < high,
  );

/** Penalties: a list of numbers > 0, or `{ from, to, count }` in powers of ten; each once, ascending. */
export function penalties(fallback: readonly number[]): ReadOption<readonly number[]> {
  const expected = 'a list of numbers > 0, or { from, to, count } in powers of ten';
  return (value = fallback, option, who) => {
    const alphas = Array.isArray(value) ? value : penaltyRange(value);
    const isRight = (alpha: unknown) => typeof alpha === 'number' && alpha > 0 && alpha < Infinity;
    if (!alphas?.length || !alphas.every(isRight)) refuse(option, who, expected, value);
    return [...new Set(alphas as number[])].sort((a, b) => a - b);
  };
}

function penaltyRange(value: unknown): number[] | undefined {
  const { from, to, count } = (value ?? {}) as Record<string, unknown>;
  const isRange = Number.isFinite(from) && Number.isFinite(to) && Number.isSafeInteger(count);
  return isRange ? powersOfTen(from as number, to as number, Math.max(0, count as number)) : undefined;
}

/** `count` numbers from 10^from to 10^to, equally spaced on a logarithmic scale. */
export function powersOfTen(from: number, to: number, count: number): number[] {
  if (count === 1) return [10 ** from];
  return Array.from({ length: count }, (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)));
}

/** The error for a value that is not what it has to be. */
export function refuse(option: string, who: string, expected: string, value: unknown, hint?: string): never {
  const facts = { who, option, expected, actual: JSON.stringify(value) ?? String(value) };
  throw invalidOption(hint === undefined ? facts : { ...facts, hint });
}
