// Responses of voxels that saw the same stimuli, a block of voxels at a time.

import { zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import type { ReadResponses } from '../ridge/responses.js';
import { dot } from './vectors.js';

type Matrix64 = Matrix<Float64Array>;

/** Voxels that are read together; bounds the memory of one step. */
const BLOCK = 512;

export interface Responses {
  readonly nVoxels: number;
  /** Minus their training means, [voxel, stimulus], float64. */
  readonly read: ReadResponses;
  /** Give each voxel the same weight in the choice of components: its responses divided by their standard deviation. */
  readonly standardise: boolean;
}

/**
 * Sum of squares and products over voxels, Z'Z.
 *
 * @param size    Number of columns of Z.
 * @param express From responses [voxel, stimulus] to rows of Z, [voxel, size].
 * @returns Z'Z, [size, size], and the sum of squares of the responses.
 */
export async function sumProducts(
  algebra: LinearAlgebra,
  { nVoxels, read, standardise }: Responses,
  size: number,
  express: (block: Matrix64) => Promise<Matrix64> | Matrix64,
): Promise<{ readonly products: Matrix64; readonly squares: number }> {
  const products = zeros(size, size, 'float64');
  let squares = 0;
  for (const voxels of blocksOf(nVoxels)) {
    const block = read(voxels) as Matrix64;
    squares += weighVoxels(block, standardise);
    const z = await express(block);
    await algebra.product(z, z, { transposeA: true, add: products, into: products });
  }
  return { products, squares };
}

/**
 * What each voxel has of each score.
 *
 * @param scores T, orthonormal, [stimulus, component].
 * @returns Y'T, [voxel, component].
 */
export async function loadingsOn(
  algebra: LinearAlgebra,
  { nVoxels, read }: Responses,
  scores: Matrix64,
): Promise<Matrix64> {
  const loadings = zeros(nVoxels, scores.columns, 'float64');
  for (const voxels of blocksOf(nVoxels)) {
    const { data } = await algebra.product(read(voxels) as Matrix64, scores);
    loadings.data.set(data, voxels[0] * scores.columns);
  }
  return loadings;
}

function* blocksOf(nVoxels: number): Generator<Int32Array> {
  for (let start = 0; start < nVoxels; start += BLOCK)
    yield Int32Array.from({ length: Math.min(BLOCK, nVoxels - start) }, (_, i) => start + i);
}

/** Divide rows by their standard deviations where asked to, in place. @returns The sum of squares of all. */
function weighVoxels({ rows, columns, data }: Matrix64, standardise: boolean): number {
  let total = 0;
  for (let voxel = 0; voxel < rows; voxel++) {
    const row = data.subarray(voxel * columns, (voxel + 1) * columns);
    const squares = dot(row, row);
    const factor = standardise && squares > 0 ? Math.sqrt(columns / squares) : 1;
    for (let i = 0; i < columns; i++) row[i] *= factor;
    total += squares * factor ** 2;
  }
  return total;
}
