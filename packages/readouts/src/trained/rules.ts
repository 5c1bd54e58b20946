// Options as a table: what each is by default and what it may be. One table checks, explains and types them.

import { invalidOption } from '@striate/contracts';

export interface Rule<Value> {
  readonly default: Value;
  /** In words, for messages. */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

export type Rules<Options> = { readonly [Name in keyof Options]-?: Rule<Options[Name]> };

/** A whole number of at least `least`. */
export const wholeNumber = (least: number, standard: number): Rule<number> => ({
  default: standard,
  expected: `a whole number of at least ${least}`,
  accepts: (value) => Number.isInteger(value) && (value as number) >= least,
});

/** A finite number above `above`. */
export const numberAbove = (above: number, standard: number): Rule<number> => ({
  default: standard,
  expected: `a number above ${above}`,
  accepts: (value) => isFinite(value) && (value as number) > above,
});

/** A number between two others, these left out. */
export const numberBetween = (low: number, high: number, standard: number): Rule<number> => ({
  default: standard,
  expected: `a number between ${low} and ${high}`,
  accepts: (value) => isFinite(value) && (value as number) > low && (value as number) < high,
});

/** true or false. */
export const flag = (standard: boolean): Rule<boolean> => ({
  default: standard,
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
});

/** One of some words. */
export const choice = <Word extends string>(words: readonly Word[], standard: Word): Rule<Word> => ({
  default: standard,
  expected: words.map((word) => `"${word}"`).join(' or '),
  accepts: (value) => words.includes(value as Word),
});

/** A list of different numbers of at least 0. */
export const strengths = (standard: readonly number[]): Rule<readonly number[]> => ({
  default: standard,
  expected: 'a list of different numbers of at least 0',
  accepts: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => isFinite(entry) && entry >= 0) &&
    new Set(value).size === value.length,
});

/**
 * Check options as a user wrote them, and fill in defaults.
 *
 * @param who The readout, for messages.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export function parseByRules<Options extends object>(
  who: string,
  rules: Rules<Options>,
  raw: unknown,
): Options {
  const refuse = (option: string, expected: string, actual: unknown) =>
    invalidOption({ who, option, expected, actual: JSON.stringify(actual) ?? String(actual) });
  const given = raw ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) throw refuse('options', 'a mapping', given);
  const names = Object.keys(rules) as (keyof Options & string)[];
  const unknown = Object.keys(given).find((name) => !names.includes(name as never));
  if (unknown !== undefined) throw refuse(unknown, `one of ${names.join(', ')}`, unknown);
  const entries = names.map((name) => {
    const value = (given as Partial<Options>)[name] ?? rules[name].default;
    if (!rules[name].accepts(value)) throw refuse(name, rules[name].expected, value);
    return [name, value];
  });
  return Object.fromEntries(entries) as Options;
}

function isFinite(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
