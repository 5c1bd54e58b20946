// Many penalties, one matrix: instead of an eigen-decomposition (which ONNX has not, and which is slow without it),
// A = Q B Q' with B block-tridiagonal. That takes products only, besides thin panels; and (B + a I) can then be
// solved for any shift a at a cost that is small beside the products around it.

import type { LinearAlgebra } from './algebra.js';
import { reduceToBand, type Band } from './band-reduction.js';
import { applyReflectors } from './block-reflector.js';
import { identity, type Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

export interface BlockTridiagonal extends Band {
  /** Orthogonal, [n, n]. */
  readonly q: Matrix64;
}

/**
 * Reduce a symmetric matrix to block-tridiagonal form, A = Q B Q'.
 *
 * @param algebra Where products run.
 * @param a       Symmetric, [n, n], float64; left as it is.
 * @returns Q and the blocks of B, all float64.
 * @remarks Orthogonal transformations only, so backward stable; 4/3 n^3 operations for B and 2 n^3 for Q.
 * @source Bischof, Lang & Sun 2000, doi:10.1145/365723.365735 (successive band reduction, first step).
 */
export async function reduceToBlockTridiagonal(
  algebra: LinearAlgebra,
  a: Matrix64,
): Promise<BlockTridiagonal> {
  const { band, reflectors } = await reduceToBand(algebra, a);
  const q = identity(a.rows);
  await applyReflectors(algebra, reflectors, q);
  return { ...band, q };
}

/** The largest sum of the absolute values of a row: no eigenvalue is larger (Gershgorin). */
export function largestRowSum({ diagonal, below }: Band): number {
  let largest = 0;
  for (const [k, block] of diagonal.entries()) {
    const sums = new Float64Array(block.rows);
    addAbsolute(sums, block, 'rows');
    if (k > 0) addAbsolute(sums, below[k - 1], 'rows');
    if (k < below.length) addAbsolute(sums, below[k], 'columns');
    for (const sum of sums) largest = Math.max(largest, sum);
  }
  return largest;
}

/** Adds to each sum the absolute values of a row, or of a column. */
function addAbsolute(sums: Float64Array, { rows, columns, data }: Matrix64, of: 'rows' | 'columns'): void {
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) sums[of === 'rows' ? i : j] += Math.abs(data[at++]);
}
