// Sums over vectors in plain loops; what is large is a product of matrices.

import { matrix, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** target += factor * source, in place. */
export function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}

/** Vectors of one length as the columns of a matrix, [length, vector]. */
export function columnsAsMatrix(length: number, columns: readonly Float64Array[]): Matrix<Float64Array> {
  const result = zeros(length, columns.length, 'float64');
  columns.forEach((column, j) => {
    for (let i = 0; i < length; i++) result.data[i * columns.length + j] = column[i];
  });
  return result;
}

/** Multiply a row of a matrix, in place. */
export function scaleRow({ columns, data }: Matrix, row: number, factor: number): void {
  for (let i = row * columns; i < (row + 1) * columns; i++) data[i] *= factor;
}

/** A v, or A'v. */
export async function timesVector(
  algebra: LinearAlgebra,
  a: Matrix<Float64Array>,
  vector: Float64Array,
  transposeA = false,
): Promise<Float64Array> {
  return (await algebra.product(a, matrix(vector.length, 1, vector), { transposeA })).data;
}
