// Sparse random projections: most entries are zero and the others plus or minus one, so that a projection of 100,000
// features takes a few additions per feature and no memory to speak of.

import { invalidOption } from '@striate/contracts';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { precisionOf, zeros, type Matrix } from '../linalg/matrix.js';
import { requireFeatures, type Projection } from './projection.js';

export interface SparseProjectionOptions {
  readonly nFeatures: number;
  readonly nComponents: number;
  /** Share of entries that are not zero, in (0, 1]. Default: 1 / sqrt(nFeatures), Li's; 1/3 is Achlioptas's. */
  readonly density?: number;
  readonly seed: number;
}

/**
 * Make a sparse random projection, y = x R.
 *
 *     R_ij = +- sqrt(1 / (density * nComponents)), each with probability density / 2; 0 otherwise
 *
 * so that lengths are kept on average: E |x R|^2 = |x|^2.
 *
 * @returns Maps [stimulus, feature] to [stimulus, component]; sums in float64.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 * @remarks density * nFeatures * nComponents additions per stimulus, and as many 32-bit integers of memory.
 * @source Achlioptas 2003, doi:10.1016/S0022-0000(03)00025-4; Li, Hastie & Church 2006, doi:10.1145/1150402.1150436.
 */
export function sparseProjection(options: SparseProjectionOptions): Projection {
  const { nFeatures, nComponents, seed, density = 1 / Math.sqrt(nFeatures) } = options;
  requireOptions({ ...options, density });
  const random = xoroshiro128plus(seed);
  const columns = Array.from({ length: nComponents }, () => drawColumn(random, nFeatures, density));
  const scale = Math.sqrt(1 / (density * nComponents));
  return {
    nFeatures,
    nComponents,
    apply<M extends Matrix>(block: M): Promise<M> {
      requireFeatures(block.columns, nFeatures);
      const result = zeros(block.rows, nComponents, precisionOf(block));
      for (let row = 0; row < block.rows; row++) {
        const x = block.data.subarray(row * nFeatures, (row + 1) * nFeatures);
        columns.forEach(({ plus, minus }, k) => {
          result.data[row * nComponents + k] = scale * (sumOf(x, plus) - sumOf(x, minus));
        });
      }
      return Promise.resolve(result as M);
    },
  };
}

/** Features that are added, and those that are subtracted. */
interface Column {
  readonly plus: Int32Array;
  readonly minus: Int32Array;
}

/** The gaps between entries that are not zero follow a geometric distribution: one number for each of these only. */
function drawColumn(random: RandomGenerator, nFeatures: number, density: number): Column {
  const plus: number[] = [];
  const minus: number[] = [];
  const perGap = Math.log1p(-density);
  const gap = () => Math.floor(Math.log1p(-uniformFloat64(random)) / perGap);
  for (let feature = gap(); feature < nFeatures; feature += 1 + gap()) {
    (uniformFloat64(random) < 0.5 ? plus : minus).push(feature);
  }
  return { plus: Int32Array.from(plus), minus: Int32Array.from(minus) };
}

function sumOf(x: Float32Array | Float64Array, features: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += x[features[i]];
  return sum;
}

/**
 * How many components there have to be for all squared distances between stimuli to be kept within a factor of
 * 1 +- distortion.
 *
 *     k >= 4 ln n / (e^2 / 2 - e^3 / 3)
 *
 * @param nStimuli   n > 1.
 * @param distortion e, in (0, 1).
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 * @remarks Each pair is outside with a probability of at most 2 / n^2, and in practice far less; a single squared
 *   distance is off by about sqrt(2 / k).
 * @source Dasgupta & Gupta 2003, doi:10.1002/rsa.10073, theorem 2.1.
 */
export function johnsonLindenstraussSize(nStimuli: number, distortion: number): number {
  if (!(distortion > 0 && distortion < 1)) refuse('distortion', 'between 0 and 1', distortion);
  return Math.ceil((4 * Math.log(nStimuli)) / (distortion ** 2 / 2 - distortion ** 3 / 3));
}

function requireOptions({
  nFeatures,
  nComponents,
  density,
}: Required<Omit<SparseProjectionOptions, 'seed'>>): void {
  for (const [option, value] of Object.entries({ nFeatures, nComponents }))
    if (!Number.isInteger(value) || value < 1) refuse(option, 'a positive integer', value);
  if (!(density > 0 && density <= 1)) refuse('density', 'above 0 and at most 1', density);
}

function refuse(option: string, expected: string, value: number): never {
  throw invalidOption({
    who: 'A random projection',
    option,
    expected,
    actual: String(value),
    hint: 'Change the option; the default density suits any number of features.',
  });
}
