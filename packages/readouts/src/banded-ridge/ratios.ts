// Ratios between feature spaces, drawn at random: a grid over many spaces would be too large, and most of it useless.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Per feature space a share >= 0; they add up to 1. */
export type Ratios = Float64Array;

/**
 * Draw ratios from Dirichlet distributions.
 *
 * @param nBands         Number of feature spaces.
 * @param samples        How many; the first has equal shares. One space has one ratio.
 * @param concentrations Each > 0, used in turn.
 * @source Random search of banded ridge: Dupre la Tour et al. 2022, doi:10.1016/j.neuroimage.2022.119728; concentrations as in
 *   himalaya.
 */
export function drawRatios(
  nBands: number,
  { samples, concentrations }: { readonly samples: number; readonly concentrations: readonly number[] },
  seed: number,
): Ratios[] {
  const equal = new Float64Array(nBands).fill(1 / nBands);
  if (nBands === 1) return [equal];
  const generator = xoroshiro128plus(seed);
  // Never 0, whose logarithm is infinite.
  const uniform = () => 1 - uniformFloat64(generator);
  const drawn = Array.from({ length: samples - 1 }, (_, i) => {
    const concentration = concentrations[(i + 1) % concentrations.length];
    return shares(Float64Array.from({ length: nBands }, () => drawLogGamma(concentration, uniform)));
  });
  return [equal, ...drawn];
}

/** From logarithms of gamma variates to a Dirichlet variate: their shares of the sum. */
function shares(logs: Float64Array): Ratios {
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const values = logs.map((log) => Math.exp(log - largest));
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / sum);
}

/**
 * The logarithm of a gamma variate of scale 1: for a small shape the variate itself is often too small for a float.
 *
 * @source Marsaglia & Tsang 2000, doi:10.1145/358407.358414, with their boost for shapes below 1.
 */
function drawLogGamma(shape: number, uniform: () => number): number {
  if (shape < 1) return drawLogGamma(shape + 1, uniform) + Math.log(uniform()) / shape;
  const d = shape - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(uniform()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
