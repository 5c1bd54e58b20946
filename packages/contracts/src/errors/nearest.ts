// "Did you mean": the known word that is nearest to what was typed.

/**
 * Find the candidate with the smallest edit distance, if it is near enough to be a typing error.
 *
 * @param word       What was typed.
 * @param candidates What exists.
 * @returns The nearest candidate within a third of the word's length (at least 2 edits), else `undefined`.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}

/** The hint for an unknown word: the nearest, and all there are (the first 20 of many). */
export function suggest(word: string, candidates: readonly string[]): string {
  const nearest = nearestWord(word, candidates);
  const shown = candidates.slice(0, 20).join(', ') || '(none)';
  const rest = candidates.length > 20 ? `, and ${candidates.length - 20} more` : '';
  return `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}There are: ${shown}${rest}.`;
}

/** Some ids for a message: the first few, and how many more. */
export function someOf(ids: readonly string[], count = 5): string {
  const shown = ids
    .slice(0, count)
    .map((id) => `"${id}"`)
    .join(', ');
  return ids.length > count ? `${shown} and ${ids.length - count} more` : shown;
}
