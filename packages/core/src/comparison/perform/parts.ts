// Parts of predictions, and of scores, in artefacts.

const PART = 'part:';

/** The parts in an artefact, by their own names. */
export function partsOf<Value>(arrays: Readonly<Record<string, Value>>): Record<string, Value> {
  const named = Object.entries(arrays).filter(([name]) => name.startsWith(PART));
  return Object.fromEntries(named.map(([name, value]) => [name.slice(PART.length), value]));
}

/** The same under the names that an artefact has for them. */
export function asParts<Value>(parts: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [PART + name, value]));
}
