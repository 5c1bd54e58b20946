// Where an option stands, and the refusal of what stands there.

import { invalidOption } from '../errors/catalogue/configuration.js';
import { describeValue } from '../errors/describe-value.js';

export interface OptionPlace {
  /** The part of a plugin, or the file, that the option belongs to. */
  readonly who: string;
  /** Its name, dotted where it is nested: `preprocessing.size`, `strengths.0`. */
  readonly option: string;
}

const ALL = '(all)';

/** The place of all options together. */
export function allOptions(who: string): OptionPlace {
  return { who, option: ALL };
}

/** The place of an option in a mapping, or of an entry in a list. */
export function inside({ who, option }: OptionPlace, name: string | number): OptionPlace {
  return { who, option: option === ALL ? `${name}` : `${option}.${name}` };
}

/**
 * Refuse what stands at a place.
 *
 * @param expected What the option "must be", in words.
 * @param hint     What to do about it; left out: where the options are shown.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, always.
 */
export function refuseOption(at: OptionPlace, expected: string, given: unknown, hint?: string): never {
  throw invalidOption({ ...at, expected, actual: describeValue(given), hint });
}
