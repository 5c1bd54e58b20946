// Many penalties, one matrix: instead of an eigen-decomposition (which ONNX has not, and which is slow without it),
// A = Q B Q' with B block-tridiagonal. That takes products only, besides thin panels; and (B + a I) can then be
// solved for any shift a at a cost that is small beside the products around it.

import { type LinearAlgebra } from './algebra.js';
import { factorPanel, type PanelFactors } from './householder.js';
import { copyBlock, pasteBlock, zeros, type Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

export interface BlockTridiagonal {
  readonly size: number;
  /** Orthogonal, [n, n]. */
  readonly q: Matrix64;
  /** Symmetric blocks on the diagonal. */
  readonly diagonal: readonly Matrix64[];
  /** Blocks below the diagonal: below[k] stands in block row k + 1, block column k. */
  readonly below: readonly Matrix64[];
}

/** Thin enough for panels in plain loops, wide enough for products to run at speed. */
export const BLOCK = 32;

/** The blocks of B, and the reflections that Q consists of: Q = Q_1 Q_2 ..., Q_k from row 32 k on. */
export interface BandReduction extends Omit<BlockTridiagonal, 'q'> {
  readonly panels: readonly PanelFactors[];
}

/**
 * Reduce a symmetric matrix to block-tridiagonal form, A = Q B Q'.
 *
 * @param algebra Where products run.
 * @param a       Symmetric, [n, n], float64; left as it is.
 * @returns Q and the blocks of B, all float64.
 * @remarks Orthogonal transformations only, so backward stable; about 4/3 n^3 operations for B and as many for Q.
 * @source Bischof, Lang & Sun 2000, doi:10.1145/365723.365735 (successive band reduction, first step).
 */
export async function reduceToBlockTridiagonal(
  algebra: LinearAlgebra,
  a: Matrix64,
): Promise<BlockTridiagonal> {
  const { panels, ...blocks } = await reduceToBand(algebra, a);
  return { ...blocks, q: await accumulate(algebra, a.rows, panels) };
}

/** The same reduction, with Q as it was made: reflections that may be applied to fewer vectors than n. */
export async function reduceToBand(algebra: LinearAlgebra, a: Matrix64): Promise<BandReduction> {
  const diagonal: Matrix64[] = [];
  const below: Matrix64[] = [];
  const panels: PanelFactors[] = [];
  let rest = a;
  while (rest.rows > BLOCK) {
    const size = rest.rows;
    diagonal.push(copyBlock(rest, [0, BLOCK], [0, BLOCK]));
    const panel = factorPanel(copyBlock(rest, [BLOCK, size], [0, BLOCK]));
    const remaining = copyBlock(rest, [BLOCK, size], [BLOCK, size]);
    below.push(panel.r);
    panels.push(panel);
    rest = await reflectBothSides(algebra, remaining, panel);
  }
  diagonal.push(rest);
  return { size: a.rows, diagonal, below, panels };
}

/** Q' A Q for a symmetric A and Q = I - V T V': A - W V' - V W', W = A V T - V (T' V' A V T) / 2. Overwrites A. */
async function reflectBothSides(
  algebra: LinearAlgebra,
  a: Matrix64,
  { v, t }: PanelFactors,
): Promise<Matrix64> {
  const y = await algebra.product(await algebra.product(a, v), t);
  const m = await algebra.product(t, await algebra.product(v, y, { transposeA: true }), { transposeA: true });
  const w = await algebra.product(v, m, { scale: -0.5, add: y });
  return algebra.product(sideBySide(w, v), sideBySide(v, w), {
    transposeB: true,
    scale: -1,
    add: a,
    into: a,
  });
}

/** Q = Q_1 Q_2 ..., from the last to the first, so that each works on the smallest square. */
async function accumulate(
  algebra: LinearAlgebra,
  n: number,
  panels: readonly PanelFactors[],
): Promise<Matrix64> {
  const q = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++) q.data[i * n + i] = 1;
  for (let k = panels.length - 1; k >= 0; k--) {
    const start = (k + 1) * BLOCK;
    const { v, t } = panels[k];
    const square = copyBlock(q, [start, n], [start, n]);
    const tv = await algebra.product(t, await algebra.product(v, square, { transposeA: true }));
    pasteBlock(q, start, start, await algebra.product(v, tv, { scale: -1, add: square, into: square }));
  }
  return q;
}

function sideBySide(left: Matrix64, right: Matrix64): Matrix64 {
  const both = zeros(left.rows, left.columns + right.columns, 'float64');
  pasteBlock(both, 0, 0, left);
  pasteBlock(both, 0, left.columns, right);
  return both;
}

/** The largest sum of the absolute values of a row: no eigenvalue is larger (Gershgorin). */
export function largestRowSum({ diagonal, below }: BlockTridiagonal): number {
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
