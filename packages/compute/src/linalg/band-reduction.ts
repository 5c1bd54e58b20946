// Many penalties, one matrix: instead of an eigen-decomposition (which ONNX has not, and which is slow without it),
// A = Q B Q' with B a band. That takes products only, besides thin panels; and (B + a I) can then be solved for any shift a at a
// cost that is small beside the products around it.
//
// Panels are reflected one after the other, but what is right of and below them is brought up to date once for many: until then
// the matrix is A - U W, a product away.

import type { LinearAlgebra } from './algebra.js';
import type { Band } from './band.js';
import { joinReflectors, type PlacedReflector } from './block-reflector.js';
import { factorPanel, type PanelFactors } from './householder.js';
import { copyBlock, pasteBlock, rowsOf, transposed, zeros, type Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

/** Thin enough for panels in plain loops, wide enough for products to run at speed. */
export const BLOCK = 32;
/** Panels between two updates of what is left: products are then as wide as they have to be to run at full speed. */
const GROUP = 8;

/** The band B of A = Q B Q', and the reflections that Q = Q_1 Q_2 ... consists of. */
export interface BandReduction {
  readonly band: Band;
  readonly reflectors: readonly PlacedReflector[];
}

/**
 * Reduce a symmetric matrix to a band of 32 diagonals on each side, A = Q B Q'.
 *
 * @param a Symmetric, [n, n], float64; left as it is.
 * @remarks Backward stable; 4/3 n^3 operations, nearly all in products. Memory: a copy of A, and half of one for Q.
 * @source Bischof, Lang & Sun 2000, doi:10.1145/365723.365735 (successive band reduction, first step); updates put off as in
 *   Dongarra, Hammarling & Sorensen 1989, doi:10.1016/0377-0427(89)90367-1.
 */
export async function reduceToBand(algebra: LinearAlgebra, a: Matrix64): Promise<BandReduction> {
  const diagonal: Matrix64[] = [];
  const below: Matrix64[] = [];
  const reflectors: PlacedReflector[] = [];
  let rest = a;
  while (rest.rows > BLOCK) {
    const start = a.rows - rest.rows;
    const group = await reduceColumns(algebra, rest);
    diagonal.push(...group.diagonal);
    below.push(...group.panels.map(({ r }) => r));
    const placed = group.panels.map((panel, k) => ({ ...panel, start: start + (k + 1) * BLOCK }));
    reflectors.push(await joinReflectors(algebra, placed));
    rest = await bringUpToDate(algebra, rest, group, rest !== a);
  }
  diagonal.push(copyBlock(rest, [0, rest.rows], [0, rest.rows]));
  return { band: { size: a.rows, diagonal, below }, reflectors };
}

interface ReducedColumns {
  readonly diagonal: readonly Matrix64[];
  readonly panels: readonly PanelFactors[];
  /** Of A - U W: U' = [v_1', w_1', v_2', w_2' ...], by rows, and W = [w_1', v_1', w_2', v_2' ...]. */
  readonly u: Matrix64;
  readonly w: Matrix64;
}

/** Reflect some panels of A, which stays as it is. */
async function reduceColumns(algebra: LinearAlgebra, a: Matrix64): Promise<ReducedColumns> {
  const n = a.rows;
  const nPanels = Math.min(GROUP, Math.ceil(n / BLOCK) - 1);
  const diagonal: Matrix64[] = [];
  const panels: PanelFactors[] = [];
  const u = zeros(2 * nPanels * BLOCK, n, 'float64');
  const w = zeros(2 * nPanels * BLOCK, n, 'float64');
  for (let k = 0; k < nPanels; k++) {
    const [from, next] = [k * BLOCK, (k + 1) * BLOCK];
    const done = { u: rowsOf(u, 0, 2 * from), w: rowsOf(w, 0, 2 * from) };
    const columns = copyBlock(a, [0, n], [from, next]);
    const known = copyBlock(done.w, [0, 2 * from], [from, next]);
    await algebra.product(done.u, known, { transposeA: true, scale: -1, add: columns, into: columns });
    diagonal.push(copyBlock(columns, [from, next], [0, BLOCK]));
    const panel = factorPanel(rowsOf(columns, next, n));
    panels.push(panel);
    const v = zeros(n, BLOCK, 'float64');
    pasteBlock(v, next, 0, panel.v);
    const product = await algebra.product(a, v);
    const overlap = await algebra.product(done.w, v);
    await algebra.product(done.u, overlap, { transposeA: true, scale: -1, add: product, into: product });
    product.data.fill(0, 0, next * BLOCK); // of rows that are done nothing more is asked
    const [vRows, wRows] = [v, await updateOf(algebra, product, v, panel.t)].map(transposed);
    [vRows, wRows].forEach((rows, i) => pasteBlock(u, 2 * from + i * BLOCK, 0, rows));
    [wRows, vRows].forEach((rows, i) => pasteBlock(w, 2 * from + i * BLOCK, 0, rows));
  }
  return { diagonal, panels, u, w };
}

/** Q' A Q = A - V W' - W V' for Q = I - V T V': W = A V T - V (T' V' A V T) / 2, from A V. */
async function updateOf(algebra: LinearAlgebra, av: Matrix64, v: Matrix64, t: Matrix64): Promise<Matrix64> {
  const y = await algebra.product(av, t);
  const m = await algebra.product(t, await algebra.product(v, y, { transposeA: true }), { transposeA: true });
  return algebra.product(v, m, { scale: -0.5, add: y, into: y });
}

/** A - U W without the rows and columns that are done; in the memory of A, if that is ours. */
async function bringUpToDate(
  algebra: LinearAlgebra,
  a: Matrix64,
  { panels, u, w }: ReducedColumns,
  isOurs: boolean,
): Promise<Matrix64> {
  const done = panels.length * BLOCK;
  const rest = isOurs ? dropFirst(a, done) : copyBlock(a, [done, a.rows], [done, a.rows]);
  const [uRest, wRest] = [u, w].map((rows) => copyBlock(rows, [0, rows.rows], [done, a.rows]));
  return algebra.product(uRest, wRest, { transposeA: true, scale: -1, add: rest, into: rest });
}

/** A square without its first rows and columns, in the same memory. */
function dropFirst({ rows: n, data }: Matrix64, count: number): Matrix64 {
  const size = n - count;
  for (let row = 0; row < size; row++) {
    const from = (row + count) * n + count;
    data.copyWithin(row * size, from, from + size);
  }
  return { rows: size, columns: size, data: data.subarray(0, size * size) };
}
