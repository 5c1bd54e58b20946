/**
 * Cut a text to a number of tokens, keeping the special tokens around it, as Python's tokenizers do.
 *
 * @param ids       Of the whole text, special tokens included.
 * @param body      Of the text alone.
 * @param maxTokens At least the number of special tokens.
 * @example
 * cutBody([1, 7, 8, 9, 2], [7, 8, 9], 4) // => [1, 7, 8, 2]
 */
export function cutBody(
  ids: readonly number[],
  body: readonly number[],
  maxTokens: number,
): readonly number[] {
  const nSpecial = ids.length - body.length;
  const starts = Array.from({ length: nSpecial + 1 }, (_, start) => start);
  const start = starts.find((each) => body.every((id, i) => ids[each + i] === id)) ?? 0;
  const kept = body.slice(0, maxTokens - nSpecial);
  return [...ids.slice(0, start), ...kept, ...ids.slice(start + body.length)];
}
