// Solving (B + a I) for a block-tridiagonal B and many shifts a, by block Cholesky:
// S_0 = D_0 + a I, S_k+1 = D_k+1 + a I - R_k S_k^-1 R_k', with D on the diagonal of B and R below it.

import { notPositiveDefinite } from '@striate/contracts';
import type { LinearAlgebra } from './algebra.js';
import type { Band } from './band.js';
import { rowsOf, zeros, type Matrix } from './matrix.js';
import { invertSymmetric } from './small.js';

type Matrix64 = Matrix<Float64Array>;

/** Inverses of the pivots S_k, and the factors S_k^-1 R_k'. */
export interface ShiftedFactors {
  readonly inverses: readonly Matrix64[];
  readonly couplings: readonly Matrix64[];
}

/**
 * Factor B + shift I.
 *
 * @returns The factors, or `undefined` if B + shift I is not positive definite.
 */
export function tryFactorShifted({ diagonal, below }: Band, shift: number): ShiftedFactors | undefined {
  const inverses: Matrix64[] = [];
  const couplings: Matrix64[] = [];
  for (let k = 0; k < diagonal.length; k++) {
    const pivot = { ...diagonal[k], data: diagonal[k].data.slice() };
    for (let i = 0; i < pivot.rows; i++) pivot.data[i * pivot.rows + i] += shift;
    if (k > 0) subtractProduct(pivot, below[k - 1], couplings[k - 1]);
    const inverse = invertSymmetric(pivot);
    if (!inverse) return undefined;
    inverses.push(inverse);
    if (k < below.length) couplings.push(timesTransposed(inverse, below[k]));
  }
  return { inverses, couplings };
}

/**
 * Factor B + shift I.
 *
 * @throws {DataError} `STRIATE_NOT_POSITIVE_DEFINITE`.
 */
export function factorShifted(b: Band, shift: number): ShiftedFactors {
  const factors = tryFactorShifted(b, shift);
  if (factors) return factors;
  throw notPositiveDefinite({
    what: `A matrix of ${b.size} rows with penalty ${shift}`,
    pivot: 0,
    value: shift,
  });
}

/**
 * Solve (B + shift I) X = P.
 *
 * @param p    [n, m], float64; left as it is.
 * @param into X, [n, m]; a new matrix if left out.
 */
export async function solveShifted(
  algebra: LinearAlgebra,
  { diagonal, below }: Band,
  { inverses, couplings }: ShiftedFactors,
  p: Matrix64,
  into: Matrix64 = zeros(p.rows, p.columns, 'float64'),
): Promise<Matrix64> {
  const starts = startsOf(diagonal);
  const blockOf = (whole: Matrix64, k: number) => rowsOf(whole, starts[k], starts[k + 1]);
  // Forth, U_k = S_k^-1 (P_k - R_k-1 U_k-1); back, X_k = U_k - S_k^-1 R_k' X_k+1.
  await algebra.product(inverses[0], blockOf(p, 0), { into: blockOf(into, 0) });
  const buffer = zeros(diagonal[0].rows, p.columns, 'float64');
  for (let k = 1; k < diagonal.length; k++) {
    const rest = rowsOf(buffer, 0, diagonal[k].rows);
    await algebra.product(below[k - 1], blockOf(into, k - 1), { scale: -1, add: blockOf(p, k), into: rest });
    await algebra.product(inverses[k], rest, { into: blockOf(into, k) });
  }
  for (let k = diagonal.length - 2; k >= 0; k--) {
    const here = blockOf(into, k);
    await algebra.product(couplings[k], blockOf(into, k + 1), { scale: -1, add: here, into: here });
  }
  return into;
}

/** Where each block starts, and where the last one ends. */
function startsOf(blocks: readonly Matrix64[]): number[] {
  const starts = [0];
  for (const { rows } of blocks) starts.push(starts[starts.length - 1] + rows);
  return starts;
}

/** A - B C, over A; small matrices. */
function subtractProduct(a: Matrix64, b: Matrix64, c: Matrix64): void {
  const n = a.columns;
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < b.columns; k++) {
      const factor = b.data[i * b.columns + k];
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) a.data[i * n + j] -= factor * c.data[k * n + j];
    }
  }
}

/** A B', small matrices. */
function timesTransposed(a: Matrix64, b: Matrix64): Matrix64 {
  const result = zeros(a.rows, b.rows, 'float64');
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++) sum += a.data[i * a.columns + k] * b.data[j * b.columns + k];
      result.data[i * b.rows + j] = sum;
    }
  }
  return result;
}
