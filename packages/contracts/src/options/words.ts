import { suggest } from '../errors/nearest.js';
import { refuseOption } from './place.js';
import { valueThat, type ReadOption } from './read-option.js';

/** Any text but an empty one; `expected` says what it is: `the path of a folder`. */
export function text(expected: string, fallback?: string): ReadOption<string> {
  return valueThat(expected, (given): given is string => typeof given === 'string' && given !== '', fallback);
}

/** True or false. */
export function flag(fallback?: boolean): ReadOption<boolean> {
  return valueThat('true or false', (given) => typeof given === 'boolean', fallback);
}

/** A word out of a list; the refusal of another names the nearest. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  fallback?: NoInfer<Word>,
): ReadOption<Word> {
  const expected = words.map((word) => `"${word}"`).join(' or ');
  return (given = fallback, at) => {
    const hint = typeof given === 'string' ? suggest(given, words) : undefined;
    return words.find((word) => word === given) ?? refuseOption(at, expected, given, hint);
  };
}
