// Names to values, each with a reader of its own: the options of a part, and mappings among them.

import { suggest } from '../errors/nearest.js';
import type { Parse } from '../plugin.js';
import { allOptions, inside, refuseOption } from './place.js';
import type { OptionReaders, ReadOption } from './read-option.js';

/**
 * Make the parser of a part's options.
 *
 * @param who     The part's id, for messages.
 * @param readers One reader per option; they fill in the defaults.
 * @returns A parser that throws `STRIATE_INVALID_OPTION` for an unknown option, for a value that its reader refuses, and for
 *   options that are no mapping. What it returned it reads again to the same.
 * @example
 * const parse = optionsParser('my-net', { size: wholeNumber(1, 8) });
 * parse({}) // => { size: 8 }
 */
export function optionsParser<Options extends object>(
  who: string,
  readers: OptionReaders<Options>,
): Parse<Options> {
  const read = mapping(readers);
  return (raw) => read(raw ?? {}, allOptions(who)); // `options:` with nothing under it is null in YAML
}

/**
 * Make the reader of a mapping; one that was left out is read as an empty one, so that its defaults are filled in. What
 * stays `undefined` is left out of the result.
 */
export function mapping<Options extends object>(readers: OptionReaders<Options>): ReadOption<Options> {
  const names = Object.keys(readers) as (keyof Options & string)[];
  return (given = {}, at) => {
    if (!isMapping(given)) return refuseOption(at, 'a mapping of names to values', given);
    const values = new Map(Object.entries(given));
    for (const [name, value] of values) {
      if (names.includes(name as never)) continue;
      refuseOption(inside(at, name), 'left out: there is no such option', value, suggest(name, names));
    }
    const entries = names.map((name) => [name, readers[name](values.get(name), inside(at, name))]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Options;
  };
}

/** Dates, lists and maps are none. */
function isMapping(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}
