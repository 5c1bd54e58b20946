import { invalidOption, rowLength, type FeatureRows } from '@striate/contracts';
import type { LinearAlgebra } from '../linalg/algebra.js';
import { symmetricEigen } from '../linalg/eigen/symmetric-eigen.js';
import {
  copyBlock,
  inPrecision,
  matrix,
  precisionOf,
  transposed,
  zeros,
  type Matrix,
} from '../linalg/matrix.js';
import { blockSize, readBlocks, subtractFromRows, type Block } from './blocks.js';
import { featureProducts, stimulusProducts } from './moments.js';
import { requireFeatures, type Projection } from './projection.js';

type Matrix64 = Matrix<Float64Array>;

export interface PrincipalComponents extends Projection {
  /** [feature]. */
  readonly mean: Float64Array;
  /** [component, feature], orthonormal rows; in each, the element of largest magnitude is positive. */
  readonly components: Matrix64;
  /** Variance along each component, with n - 1 in the denominator, [component]; descending. */
  readonly explainedVariance: Float64Array;
  /** Over all features; `explainedVariance / totalVariance` is the share that each component explains. */
  readonly totalVariance: number;
}

export interface PrincipalComponentsOptions {
  /** At most the number of directions in which the features vary. */
  readonly nComponents: number;
  /** Features are read in blocks of about so many bytes; two of these are in memory at a time. Default: 64 MB. */
  readonly blockBytes?: number;
}

/**
 * Find the directions in which features vary most.
 *
 * @param algebra     Where products run; kept for `apply`.
 * @param features    [stimulus, feature], read in blocks: they never stand in memory as a whole.
 * @returns The components; `apply` centres and projects: (X - mean) components'.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` if fewer directions vary.
 * @throws {DataError} `STRIATE_NON_FINITE`.
 * @remarks Works in float64 by eigen-decomposition of X' X, or of X X' where stimuli are fewer than features: memory is the
 *   square of the smaller number. Directions of less than about 1e-8 of the largest standard deviation drown in rounding.
 * @source Jolliffe 2002, Principal Component Analysis, 2nd ed.; signs as in scikit-learn (from 1.5 on).
 */
export async function fitPrincipalComponents(
  algebra: LinearAlgebra,
  features: FeatureRows,
  { nComponents, blockBytes = 2 ** 26 }: PrincipalComponentsOptions,
): Promise<PrincipalComponents> {
  const [n, p] = [features.stimulusIds.length, rowLength(features)];
  requireComponents(nComponents, Math.min(n - 1, p));
  const isWide = p > n;
  const size = blockSize(features, blockBytes);
  const { mean, products } = await (isWide ? stimulusProducts : featureProducts)(algebra, features, size);
  const { values, vectors } = await symmetricEigen(algebra, products);
  const largestFirst = values.slice().reverse();
  const rounding = largestFirst[0] * 2 ** -52 * Math.max(n, p);
  requireComponents(nComponents, largestFirst.filter((value) => value > rounding).length);
  const leading = flipColumns(
    copyBlock(vectors, [0, vectors.rows], [vectors.columns - nComponents, vectors.columns]),
  );
  const components = isWide
    ? await spread(algebra, readBlocks(features, size, mean), leading, largestFirst, p)
    : transposed(leading);
  fixSigns(components);
  return {
    nFeatures: p,
    nComponents,
    mean,
    components,
    explainedVariance: largestFirst.slice(0, nComponents).map((value) => value / (n - 1)),
    totalVariance: values.reduce((sum, value) => sum + value, 0) / (n - 1),
    apply: (block) => project(algebra, block, mean, components),
  };
}

/** Columns in reverse order. */
function flipColumns(a: Matrix64): Matrix64 {
  const flipped = zeros(a.rows, a.columns, 'float64');
  for (let i = 0; i < a.data.length; i++)
    flipped.data[i - (i % a.columns) + a.columns - 1 - (i % a.columns)] = a.data[i];
  return flipped;
}

/** Components from eigenvectors U of X X': U' X / s, s the singular values. */
async function spread(
  algebra: LinearAlgebra,
  blocks: AsyncIterable<Block>,
  u: Matrix64,
  squares: Float64Array,
  nFeatures: number,
): Promise<Matrix64> {
  const components = zeros(u.columns, nFeatures, 'float64');
  for await (const { start, rows } of blocks) {
    const part = copyBlock(u, [start, start + rows.rows], [0, u.columns]);
    await algebra.product(part, rows, { transposeA: true, add: components, into: components });
  }
  for (let k = 0; k < u.columns; k++) {
    const s = Math.sqrt(squares[k]);
    for (let j = 0; j < nFeatures; j++) components.data[k * nFeatures + j] /= s;
  }
  return components;
}

function fixSigns({ rows, columns, data }: Matrix64): void {
  for (let row = 0; row < rows; row++) {
    const component = data.subarray(row * columns, (row + 1) * columns);
    const largest = component.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) for (let j = 0; j < columns; j++) component[j] = -component[j];
  }
}

async function project<M extends Matrix>(
  algebra: LinearAlgebra,
  block: M,
  mean: Float64Array,
  components: Matrix64,
): Promise<M> {
  requireFeatures(block.columns, mean.length);
  const centred = matrix(block.rows, block.columns, new Float64Array(block.data));
  subtractFromRows(centred, mean);
  return inPrecision(
    await algebra.product(centred, components, { transposeB: true }),
    precisionOf(block),
  ) as M;
}

function requireComponents(nComponents: number, most: number): void {
  if (Number.isInteger(nComponents) && nComponents >= 1 && nComponents <= most) return;
  throw invalidOption({
    who: 'Principal component analysis',
    option: 'nComponents',
    expected: `a positive integer of at most ${most}, in as many directions the features vary`,
    actual: String(nComponents),
    hint: 'Ask for fewer components, or give more stimuli.',
  });
}
