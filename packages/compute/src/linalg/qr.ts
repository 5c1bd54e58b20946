import type { LinearAlgebra } from './algebra.js';
import { applyReflectors, reflect, type PlacedReflector } from './block-reflector.js';
import { factorPanel } from './householder.js';
import { copyBlock, pasteBlock, rowsOf, transposed, zeros, type Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

export interface QrFactors {
  /** Orthonormal columns, [m, n]. */
  readonly q: Matrix64;
  /** Upper triangular, [n, n]. */
  readonly r: Matrix64;
}

const BLOCK = 32;

/**
 * Factor a tall matrix, A = Q R, by block reflections.
 *
 * @param a [m, n], m >= n; left as it is.
 * @remarks About 4 m n^2 operations, nearly all in products. Q is orthonormal even where columns of A are not independent.
 * @source Golub & Van Loan, Matrix Computations, 4th ed., 5.2.3.
 */
export async function factorQr(algebra: LinearAlgebra, a: Matrix64): Promise<QrFactors> {
  const { rows: m, columns: n } = a;
  const r = zeros(n, n, 'float64');
  const reflectors: PlacedReflector[] = [];
  let rest = a;
  for (let start = 0; start < n; start += BLOCK) {
    const width = Math.min(BLOCK, n - start);
    const panel = factorPanel(copyBlock(rest, [0, rest.rows], [0, width]));
    reflectors.push({ start, v: panel.v, t: panel.t });
    pasteBlock(r, start, start, panel.r);
    const trailing = copyBlock(rest, [0, rest.rows], [width, rest.columns]);
    const workspace = zeros(width, trailing.columns, 'float64');
    await reflect(algebra, { v: panel.v, t: transposed(panel.t) }, trailing, workspace);
    pasteBlock(r, start, start + width, rowsOf(trailing, 0, width));
    rest = rowsOf(trailing, width, trailing.rows);
  }
  const q = zeros(m, n, 'float64');
  for (let i = 0; i < n; i++) q.data[i * n + i] = 1;
  return { q: await applyReflectors(algebra, reflectors, q), r };
}
