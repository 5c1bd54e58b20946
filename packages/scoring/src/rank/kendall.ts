// Kendall's tau in O(n log n), by Knight's method: sort the pairs by x (and y where x is equal); then every pair of
// points that a merge sort by y has to exchange is discordant. Knight 1966, doi:10.1080/01621459.1966.10480879.

/**
 * Correlate two rankings by Kendall's tau.
 *
 *     tau_a = (concordant - discordant) / n0,   tau_b = (concordant - discordant) / sqrt((n0 - tiesX) (n0 - tiesY))
 *
 * with n0 = n (n - 1) / 2 pairs of points, and ties counted in pairs.
 *
 * @param x       Values; ties count neither for nor against.
 * @param y       Values, same length.
 * @param variant `b` corrects for ties, `a` does not.
 * @returns tau in [-1, 1]; NaN for fewer than two points, a NaN among them, or (tau-b) a constant x or y.
 * @source Kendall 1938, doi:10.1093/biomet/30.1-2.81, and 1945; values checked against scipy and rsatoolbox.
 */
export function correlateKendall(x: Float64Array, y: Float64Array, variant: 'a' | 'b'): number {
  if (x.some(Number.isNaN) || y.some(Number.isNaN)) return NaN;
  const order = Uint32Array.from(x.keys()).sort((i, j) => x[i] - x[j] || y[i] - y[j]);
  const sortedX = Float64Array.from(order, (i) => x[i]);
  const sortedY = Float64Array.from(order, (i) => y[i]);
  const tiesX = countTies(sortedX, () => true);
  const tiesBoth = countTies(sortedX, (i) => sortedY[i] === sortedY[i - 1]);
  const discordant = sortAndCountExchanges(sortedY);
  const tiesY = countTies(sortedY, () => true);
  const nPairs = (x.length * (x.length - 1)) / 2;
  const difference = nPairs - tiesX - tiesY + tiesBoth - 2 * discordant;
  return variant === 'a' ? difference / nPairs : difference / Math.sqrt((nPairs - tiesX) * (nPairs - tiesY));
}

/** Pairs of equal values in sorted values; `isSame` may ask more of two neighbours. */
function countTies(sorted: Float64Array, isSame: (i: number) => boolean): number {
  let ties = 0;
  let run = 1;
  for (let i = 1; i < sorted.length; i++) {
    run = sorted[i] === sorted[i - 1] && isSame(i) ? run + 1 : 1;
    ties += run - 1;
  }
  return ties;
}

/** Sort in place by merging; returns how many pairs stood in descending order. */
function sortAndCountExchanges(values: Float64Array): number {
  const buffer = new Float64Array(values.length);
  let exchanges = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start + width < values.length; start += 2 * width) {
      exchanges += merge(values, buffer, start, start + width, Math.min(start + 2 * width, values.length));
    }
  }
  return exchanges;
}

/** Merge the sorted runs [start, middle) and [middle, end); a value of the right run passes all that is left of the left. */
function merge(
  values: Float64Array,
  buffer: Float64Array,
  start: number,
  middle: number,
  end: number,
): number {
  let exchanges = 0;
  let left = start;
  let right = middle;
  for (let k = start; k < end; k++) {
    const takesRight = left === middle || (right < end && values[right] < values[left]);
    if (takesRight) exchanges += middle - left;
    buffer[k] = values[takesRight ? right++ : left++];
  }
  values.set(buffer.subarray(start, end), start);
  return exchanges;
}
