/**
 * Values at shares of the way from the smallest to the largest, in between by linear interpolation.
 *
 * @param values NaN are left out.
 * @returns One value per share; NaN of nothing.
 * @source type 7 of Hyndman & Fan 1996, as numpy and R have it.
 */
export function quantiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return shares.map((share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    if (sorted.length === 0) return Number.NaN;
    return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
  });
}
