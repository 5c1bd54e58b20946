import { inside, refuseOption } from './place.js';
import type { ReadOption } from './read-option.js';

/** A list of one value or more, each read by the same reader. */
export function listOf<Value>(
  read: ReadOption<Value>,
  fallback?: readonly NoInfer<Value>[],
): ReadOption<readonly Value[]> {
  return (given: unknown = fallback, at) => {
    if (!Array.isArray(given) || given.length === 0) return refuseOption(at, 'a list of at least one', given);
    return Array.from(given, (entry, i) => read(entry, inside(at, i)));
  };
}
