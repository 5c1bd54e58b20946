/** JSON has no NaN: what is undefined is null in summaries. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
