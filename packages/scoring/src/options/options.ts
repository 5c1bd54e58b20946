// Options as a user wrote them, checked key by key. One reader per option; a part's parser is a record of readers.

import { invalidOption, suggest, type Parse } from '@striate/contracts';

/** Reads one option; `undefined` means that the user did not give it. Throws `STRIATE_INVALID_OPTION`. */
type ReadOption<Value> = (value: unknown, option: string, who: string) => Value;

type Readers<Options> = { readonly [Name in keyof Options]: ReadOption<Options[Name]> };

/**
 * Make the parser of a part's options.
 *
 * @param who     The part's id, for messages.
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
    const given = asMapping(raw ?? {}, who);
    for (const option of Object.keys(given)) assertKnown(option, names, given[option], who);
    const entries = names.map((name) => [name, readers[name](given[name], name, who)]);
    return Object.fromEntries(entries) as Options;
  };
}

/** A word out of a list. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  fallback: NoInfer<Word>,
): ReadOption<Word> {
  return (value = fallback, option, who) => {
    if (words.includes(value as Word)) return value as Word;
    throw invalidOption({
      who,
      option,
      expected: `one of ${words.join(', ')}`,
      actual: JSON.stringify(value),
      hint: suggest(String(value), words),
    });
  };
}

/** True or false. */
export function flag(fallback: boolean): ReadOption<boolean> {
  return (value = fallback, option, who) => {
    if (typeof value === 'boolean') return value;
    throw invalidOption({ who, option, expected: 'true or false', actual: JSON.stringify(value) });
  };
}

/** A whole number of at least `least`. */
export function wholeNumber(least: number, fallback: number): ReadOption<number> {
  return (value = fallback, option, who) => {
    if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
    throw invalidOption({
      who,
      option,
      expected: `a whole number of at least ${least}`,
      actual: JSON.stringify(value),
    });
  };
}

function asMapping(raw: unknown, who: string): Readonly<Record<string, unknown>> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  throw invalidOption({
    who,
    option: '(all)',
    expected: 'a mapping of names to values',
    actual: JSON.stringify(raw),
  });
}

function assertKnown(option: string, names: readonly string[], value: unknown, who: string): void {
  if (names.includes(option)) return;
  throw invalidOption({
    who,
    option,
    expected: 'left out (there is no such option)',
    actual: JSON.stringify(value),
    hint: suggest(option, names),
  });
}
