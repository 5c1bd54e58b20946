// A = Q R, R = P H with P orthogonal, H = V diag(s) V': so A = (Q P V) diag(s) V'. No inner products of A are taken, so
// that small singular values keep their digits.

import type { LinearAlgebra } from '../algebra.js';
import { symmetricEigen } from '../eigen/symmetric-eigen.js';
import { inPrecision, normalised, precisionOf, transposed, zeros, type Matrix } from '../matrix.js';
import { factorQr } from '../qr.js';
import { requireFinite } from '../symmetric.js';
import { polarFactor } from './polar.js';

type Matrix64 = Matrix<Float64Array>;

export interface ThinSvd<M extends Matrix = Matrix> {
  /** [m, k], orthonormal columns; k = min(m, n). */
  readonly u: M;
  /** [k], descending, none negative. */
  readonly s: Float64Array;
  /** [n, k], orthonormal columns. */
  readonly v: M;
}

/**
 * Decompose a matrix, A = U diag(s) V'.
 *
 * @param algebra Where products run.
 * @param a       A, [m, n]; float32 or float64; left as it is.
 * @throws {DataError} `STRIATE_NON_FINITE`.
 * @remarks Works in float64 whatever goes in. Singular values are right to rounding in the largest; vectors are orthonormal
 *   to rounding, also those of singular values that are zero. About 60 k^3 operations besides 4 m n k, in products.
 * @source Nakatsukasa & Higham 2013, doi:10.1137/120876605 (by polar decomposition).
 */
export async function thinSvd<M extends Matrix>(algebra: LinearAlgebra, a: M): Promise<ThinSvd<M>> {
  const { scaled, scale } = normalised(a, requireFinite('The matrix to decompose', a));
  const precision = precisionOf(a);
  const { u, s, v } = await (a.rows < a.columns ? decomposeWide : decomposeTall)(algebra, scaled);
  return {
    u: inPrecision(u, precision) as M,
    s: s.map((value) => scale * value),
    v: inPrecision(v, precision) as M,
  };
}

async function decomposeWide(algebra: LinearAlgebra, a: Matrix64): Promise<ThinSvd<Matrix64>> {
  const { u, s, v } = await decomposeTall(algebra, transposed(a));
  return { u: v, s, v: u };
}

async function decomposeTall(algebra: LinearAlgebra, a: Matrix64): Promise<ThinSvd<Matrix64>> {
  const { q, r } = await factorQr(algebra, a);
  const p = await polarFactor(algebra, r);
  const h = await algebra.product(p, r, { transposeA: true });
  const { values, vectors } = await symmetricEigen(algebra, symmetrised(h));
  const { s, v } = inDescendingOrder(values, vectors);
  const u = await algebra.product(q, await algebra.product(p, v));
  for (let i = 0; i < u.data.length; i++) if (s[i % s.length] < 0) u.data[i] = -u.data[i];
  return { u: await completed(algebra, u), s: s.map(Math.abs), v };
}

/** The mean of a matrix and its transpose, which differ by rounding. */
function symmetrised({ rows: n, data }: Matrix64): Matrix64 {
  const mean = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) mean.data[i * n + j] = data[i * n + j] / 2 + data[j * n + i] / 2;
  }
  return mean;
}

/** By magnitude: of eigenvalues that are zero, rounding makes some negative. */
function inDescendingOrder(values: Float64Array, vectors: Matrix64): { s: Float64Array; v: Matrix64 } {
  const n = values.length;
  const order = Array.from(values.keys()).sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]));
  const v = zeros(n, n, 'float64');
  for (let row = 0; row < n; row++)
    order.forEach((from, to) => (v.data[row * n + to] = vectors.data[row * n + from]));
  return { s: Float64Array.from(order, (i) => values[i]), v };
}

/** Columns that belong to a singular value of zero may be no unit vectors: they are replaced by some that are orthogonal to all before them. */
async function completed(algebra: LinearAlgebra, u: Matrix64): Promise<Matrix64> {
  const n = u.columns;
  const squares = new Float64Array(n);
  u.data.forEach((value, i) => (squares[i % n] += value * value));
  if (squares.every((square) => Math.abs(square - 1) < 1e-10)) return u;
  const { q, r } = await factorQr(algebra, u);
  for (let i = 0; i < q.data.length; i++) if (r.data[(i % n) * (n + 1)] < 0) q.data[i] = -q.data[i];
  return q;
}
