/**
 * Say in a few words what stands where something else was expected.
 *
 * @returns `missing`, `empty` (null), or the value as it would be written, cut to 80 characters.
 * @example
 * describeValue('a') // => '"a"'
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  const isPlain = typeof value === 'object' || typeof value === 'string';
  const text = isPlain ? JSON.stringify(value) : String(value); // JSON has no NaN, and calls it null
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
