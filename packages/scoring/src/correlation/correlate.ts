import { PairedMoments } from '../moments/paired-moments.js';

/**
 * Correlate two lists of numbers of the same length by Pearson's r.
 *
 * @returns r in [-1, 1]; NaN if either is constant, holds a NaN or has fewer than two values.
 */
export function correlate(x: Float64Array, y: Float64Array): number {
  const moments = new PairedMoments(1);
  for (let i = 0; i < x.length; i++) moments.add(x, y, i);
  return moments.correlations()[0];
}
