// Reading of options that people wrote, one small reader per kind of value. `at` says whose option it is and which.

import { invalidOption, suggest } from '@striate/contracts';

export interface Place {
  /** Backend or file that the option belongs to. */
  readonly who: string;
  readonly option: string;
}

export type Read<Value> = (value: unknown, at: Place) => Value;

/** The error for a value that is not what it has to be. */
export function refuse(at: Place, expected: string, value: unknown, hint?: string): never {
  const facts = { ...at, expected, actual: JSON.stringify(value) ?? 'nothing' };
  throw invalidOption(hint === undefined ? facts : { ...facts, hint });
}

/**
 * Read a mapping whose keys are known; what is left out stays out.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` for an unknown key or a value that its reader refuses.
 */
export function readMapping<Values>(
  raw: unknown,
  at: Place,
  readers: { readonly [Key in keyof Values]-?: Read<NonNullable<Values[Key]>> },
): Partial<Values> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return refuse(at, 'a mapping of names to values', raw);
  }
  const known = Object.keys(readers);
  const entries = Object.entries(raw).map(([key, value]) => {
    const place = { who: at.who, option: at.option === '' ? key : `${at.option}.${key}` };
    if (!known.includes(key)) refuse(place, 'left out: there is no such option', value, suggest(key, known));
    return [key, readers[key as keyof Values](value, place)];
  });
  return Object.fromEntries(entries) as Partial<Values>;
}

export const readText: Read<string> = (value, at) =>
  typeof value === 'string' && value !== '' ? value : refuse(at, 'a text', value);

export function oneOf<const Word extends string>(...words: readonly Word[]): Read<Word> {
  return (value, at) =>
    words.includes(value as Word)
      ? (value as Word)
      : refuse(at, `one of ${words.join(', ')}`, value, suggest(String(value), words));
}

export const readCount: Read<number> = (value, at) =>
  Number.isSafeInteger(value) && (value as number) > 0
    ? (value as number)
    : refuse(at, 'a whole number > 0', value);

/** Height and width in pixels; one number for a square. */
export const readSize: Read<readonly [number, number]> = (value, at) => {
  const [height, width] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  return [readCount(height, at), readCount(width, at)];
};

/** One finite number per channel; one number for all three. */
export const readTriple: Read<readonly [number, number, number]> = (value, at) => {
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [value, value, value];
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) refuse(at, 'one number, or three', value);
  return numbers as unknown as readonly [number, number, number];
};
