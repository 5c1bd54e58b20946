// Cholesky's factors by halves: A11 = L11 L11', W = L11^-1 A12, A22 - W' W = L22 L22', and L21 = W'. The halves are
// factored in the same way; all between them is triangular solves and products.

import { notPositiveDefinite } from '@striate/contracts';
import type { LinearAlgebra } from './algebra.js';
import { copyBlock, pasteBlock, precisionOf, transposed, zeros, type Matrix } from './matrix.js';
import { requireSymmetric } from './symmetric.js';
import { solveTriangular } from './triangular.js';

const BASE = 64;

/**
 * Factor a symmetric positive definite matrix, A = L L'.
 *
 * @param algebra Where products run.
 * @param a       A, [n, n]; float32 or float64; left as it is.
 * @returns L, [n, n], lower triangular with a positive diagonal; zeros above.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`, `STRIATE_NON_FINITE`, `STRIATE_NOT_SYMMETRIC`;
 *   `STRIATE_NOT_POSITIVE_DEFINITE` with the first pivot that is not positive, and its value.
 * @remarks n^3 / 3 operations, nearly all in products.
 * @source Golub & Van Loan, Matrix Computations, 4th ed., 4.2.6; halves as in Elmroth et al. 2004,
 *   doi:10.1137/S0036144503428693.
 */
export async function factorCholesky<M extends Matrix>(algebra: LinearAlgebra, a: M): Promise<M> {
  requireSymmetric('The matrix to factor', a);
  const l = zeros(a.rows, a.rows, precisionOf(a)) as M;
  await factorInto(algebra, a, l, 0);
  return l;
}

/** Writes the factor of A into L from a row and the column of the same number on. */
async function factorInto(algebra: LinearAlgebra, a: Matrix, l: Matrix, at: number): Promise<void> {
  const n = a.rows;
  if (n <= BASE) {
    pasteBlock(l, at, at, factorSmall(a, at));
    return;
  }
  const middle = BASE * Math.ceil(n / (2 * BASE));
  const [first, second] = [[0, middle] as const, [middle, n] as const];
  await factorInto(algebra, copyBlock(a, first, first), l, at);
  const l11 = copyBlock(l, [at, at + middle], [at, at + middle]);
  const w = await solveTriangular(algebra, l11, copyBlock(a, first, second));
  pasteBlock(l, at + middle, at, transposed(w));
  const rest = copyBlock(a, second, second);
  await algebra.product(w, w, { transposeA: true, scale: -1, add: rest, into: rest });
  await factorInto(algebra, rest, l, at + middle);
}

/** In plain loops and float64; reads the lower triangle. */
function factorSmall(a: Matrix, at: number): Matrix {
  const n = a.rows;
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a.data[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i > j) l[i * n + j] = sum / l[j * n + j];
      else if (sum > 0) l[j * n + j] = Math.sqrt(sum);
      else throw notPositiveDefinite({ what: 'The matrix to factor', pivot: at + j, value: sum });
    }
  }
  const result = zeros(n, n, precisionOf(a));
  result.data.set(l);
  return result;
}
