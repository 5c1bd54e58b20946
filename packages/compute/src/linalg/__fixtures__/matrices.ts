import type { LinearAlgebra } from '../algebra.js';
import { identity, matrix, transposed, zeros, type Matrix } from '../matrix.js';

/** Numbers in -1..1 that depend on the seed only. */
export function numbers(count: number, seed: number): Float64Array {
  let state = seed * 2654435761 + 1;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function randomMatrix(rows: number, columns: number, seed: number): Matrix<Float64Array> {
  return matrix(rows, columns, numbers(rows * columns, seed));
}

/** The definition, in three loops. */
export function slowProduct(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const c = zeros(a.rows, b.columns, 'float64');
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++)
      for (let j = 0; j < b.columns; j++)
        c.data[i * b.columns + j] += a.data[i * a.columns + k] * b.data[k * b.columns + j];
  return c;
}

export function diagonalMatrix(values: ArrayLike<number>): Matrix<Float64Array> {
  const n = values.length;
  const d = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++) d.data[i * n + i] = values[i];
  return d;
}


/** Q' Q - I: how far columns are from orthonormal. */
export function orthonormalityError(q: Matrix): number {
  return largestDifference(slowProduct(transposed(q), q).data, identity(q.columns).data);
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** A symmetric matrix with eigenvalues between about 0 and 4 n. */
export function gram(algebra: LinearAlgebra, n: number, seed: number): Promise<Matrix<Float64Array>> {
  const x = randomMatrix(n + 3, n, seed);
  return algebra.product(x, x, { transposeA: true });
}
