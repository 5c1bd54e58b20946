import { orderOf } from './order.js';

/**
 * Replace values by their ranks, 1 for the least; equal values share the mean of their ranks.
 *
 * @param values Any numbers; if one is NaN, all ranks are NaN, since it has no place.
 * @returns Ranks, same length.
 * @example
 * rankValues(Float64Array.of(10, 30, 10, 20)) // => [1.5, 4, 1.5, 3]
 */
export function rankValues(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  if (values.some(Number.isNaN)) return ranks.fill(NaN);
  const order = orderOf(values);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
