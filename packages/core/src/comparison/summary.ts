import type { Summary } from '@striate/contracts';

/**
 * Summarise per-voxel values. Undefined ones (NaN) are left out and counted.
 *
 * @param values    One per voxel.
 * @param positions Which voxels; all, if left out.
 * @returns Mean, median, quartiles (linear interpolation between order statistics, as numpy's default) and the
 *   standard error of the mean over voxels (n - 1); `null` where there is no value to take them of.
 */
export function summarise(values: ArrayLike<number>, positions?: readonly number[]): Summary {
  const chosen = positions
    ? Float64Array.from(positions, (position) => values[position])
    : Float64Array.from(values);
  const defined = chosen.filter((value) => !Number.isNaN(value)).sort();
  const n = defined.length;
  const nUndefined = chosen.length - n;
  if (n === 0) return { n, nUndefined, mean: null, median: null, sem: null, quartiles: null };
  const mean = defined.reduce((sum, value) => sum + value, 0) / n;
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    n,
    nUndefined,
    mean,
    median: quantile(defined, 0.5),
    sem: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null,
    quartiles: [quantile(defined, 0.25), quantile(defined, 0.75)],
  };
}

function quantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
