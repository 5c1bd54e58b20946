// A reader is a function that reads one option: it takes what a user wrote, checks it, and fills in what was left out. The
// types of options follow from their readers.

import { refuseOption, type OptionPlace } from './place.js';

/**
 * Reads one option.
 *
 * What a reader returned once it has to return again when it is given that: a record shows options as they were read, and
 * people copy them from there.
 *
 * @param given As the user wrote it; `undefined` where it was left out.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, through {@link refuseOption}.
 */
export type ReadOption<Value> = (given: unknown, at: OptionPlace) => Value;

/** A reader for each option. */
export type OptionReaders<Options> = { readonly [Name in keyof Options]-?: ReadOption<Options[Name]> };

/** The options that readers make; those that may stay `undefined` may be absent. */
export type OptionsOf<Readers extends Readonly<Record<string, ReadOption<unknown>>>> = Flat<
  {
    readonly [
      Name in keyof Readers as undefined extends ReturnType<Readers[Name]> ? never : Name
    ]: ReturnType<Readers[Name]>;
  } & {
    readonly [
      Name in keyof Readers as undefined extends ReturnType<Readers[Name]> ? Name : never
    ]?: ReturnType<Readers[Name]>;
  }
>;

type Flat<Type> = { readonly [Name in keyof Type]: Type[Name] };

/**
 * Make a reader of values that are right or wrong as they are.
 *
 * @param expected What the option "must be", in words.
 * @param fallback For an option that was left out; without one, it has to be given.
 */
export function valueThat<Value>(
  expected: string,
  isRight: (given: unknown) => given is Value,
  fallback?: NoInfer<Value>,
): ReadOption<Value> {
  return (given = fallback, at) => (isRight(given) ? given : refuseOption(at, expected, given));
}

/** Let an option that has no default be left out. */
export function optional<Value>(read: ReadOption<Value>): ReadOption<Value | undefined> {
  return (given, at) => (given === undefined ? undefined : read(given, at));
}
