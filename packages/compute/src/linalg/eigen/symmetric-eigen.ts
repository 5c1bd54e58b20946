// Eigenvectors by way of a band: dense to band takes products, band to tridiagonal few operations, the tridiagonal
// matrix is halved until nothing is left, and the reflections of both reductions are applied to its eigenvectors.

import type { LinearAlgebra } from '../algebra.js';
import { BLOCK, reduceToBand } from '../band-reduction.js';
import { applyReflectors } from '../block-reflector.js';
import { inPrecision, normalised, precisionOf, transposed, zeros, type Matrix } from '../matrix.js';
import { requireSymmetric } from '../symmetric.js';
import { applySweeps } from './back-transform.js';
import { solveTridiagonal } from './divide.js';
import { tridiagonalise } from './tridiagonalise.js';

export interface SymmetricEigen<M extends Matrix = Matrix> {
  /** [n], ascending. */
  readonly values: Float64Array;
  /** [n, n], one eigenvector of norm 1 per column, in the order of the values; its sign is arbitrary. */
  readonly vectors: M;
}

/**
 * Decompose a symmetric matrix, A = V diag(values) V'.
 *
 * @param algebra Where products run.
 * @param a       A, [n, n]; float32 or float64; left as it is.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`, `STRIATE_NON_FINITE`, `STRIATE_NOT_SYMMETRIC`.
 * @remarks Works in float64 whatever goes in. Backward stable: eigenvalues are right to rounding in the largest,
 *   eigenvectors orthogonal to rounding, repeated eigenvalues included. About 10 n^3 operations, nearly all in products.
 * @source Bischof, Lang & Sun 2000, doi:10.1145/365723.365735 (two reductions); Gu & Eisenstat 1995,
 *   doi:10.1137/S0895479892241287 (divide and conquer).
 */
export async function symmetricEigen<M extends Matrix>(
  algebra: LinearAlgebra,
  a: M,
): Promise<SymmetricEigen<M>> {
  const largest = requireSymmetric('The matrix to decompose', a);
  const precision = precisionOf(a);
  if (a.rows === 0) return { values: new Float64Array(0), vectors: zeros(0, 0, precision) as M };
  const { scaled, scale } = normalised(a, largest);
  const { band, reflectors } = await reduceToBand(algebra, scaled);
  const { diagonal, below, sweeps } = tridiagonalise(band, BLOCK);
  const { values, vectors } = await solveTridiagonal(algebra, diagonal, below);
  const columns = transposed(vectors);
  await applySweeps(algebra, sweeps, columns);
  await applyReflectors(algebra, reflectors, columns);
  return { values: values.map((value) => scale * value), vectors: inPrecision(columns, precision) as M };
}
