// Inner products of centred features, by blocks of rows: of features with features, or of stimuli with stimuli,
// whichever are fewer. Rows are shifted by the mean of the first block, so that what is left to centre afterwards is
// small and no digits are lost.

import { rowLength, type FeatureRows } from '@striate/contracts';
import type { LinearAlgebra } from '../linalg/algebra.js';
import { pasteBlock, transposed, zeros, type Matrix } from '../linalg/matrix.js';
import { meanOf, readBlock, readBlocks } from './blocks.js';

type Matrix64 = Matrix<Float64Array>;

export interface Moments {
  /** [feature]. */
  readonly mean: Float64Array;
  /** Of centred rows X: X' X, [feature, feature], or X X', [stimulus, stimulus]. */
  readonly products: Matrix64;
}

/**
 * X' X for centred X; one pass over the rows.
 *
 * @param size Stimuli read at a time.
 */
export async function featureProducts(
  algebra: LinearAlgebra,
  features: FeatureRows,
  size: number,
): Promise<Moments> {
  const p = rowLength(features);
  const n = features.stimulusIds.length;
  const shift = meanOf((await readBlock(features, 0, size)).rows);
  const products = zeros(p, p, 'float64');
  const rest = new Float64Array(p);
  for await (const { rows } of readBlocks(features, size, shift)) {
    await algebra.product(rows, rows, { transposeA: true, add: products, into: products });
    meanOf(rows).forEach((mean, j) => (rest[j] += (mean * rows.rows) / n));
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const value = products.data[i * p + j] - n * rest[i] * rest[j];
      products.data[i * p + j] = products.data[j * p + i] = value;
    }
  }
  return { mean: shift.map((value, j) => value + rest[j]), products };
}

/**
 * X X' for centred X; every block is read against every later one.
 *
 * @param size Stimuli read at a time, of each of two blocks.
 */
export async function stimulusProducts(
  algebra: LinearAlgebra,
  features: FeatureRows,
  size: number,
): Promise<Moments> {
  const n = features.stimulusIds.length;
  const shift = meanOf((await readBlock(features, 0, size)).rows);
  const products = zeros(n, n, 'float64');
  const rest = new Float64Array(shift.length);
  for await (const { start, rows } of readBlocks(features, size, shift)) {
    meanOf(rows).forEach((mean, j) => (rest[j] += (mean * rows.rows) / n));
    for (let other = start; other < n; other += size) {
      const right = other === start ? rows : (await readBlock(features, other, size, shift)).rows;
      const block = await algebra.product(rows, right, { transposeB: true });
      pasteBlock(products, start, other, block);
      pasteBlock(products, other, start, transposed(block));
    }
  }
  centreBothSides(products);
  return { mean: shift.map((value, j) => value + rest[j]), products };
}

/** Less the means of rows and columns, plus the mean of all; symmetric to the bit. */
function centreBothSides({ rows: n, data }: Matrix64): void {
  const means = Float64Array.from(
    { length: n },
    (_, i) => data.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b, 0) / n,
  );
  const all = means.reduce((a, b) => a + b, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      data[i * n + j] = data[j * n + i] = data[i * n + j] - means[i] - means[j] + all;
    }
  }
}
