// Many reflections at once, as products: Q = I - V T V' (compact WY form, Schreiber & Van Loan 1989).

import type { LinearAlgebra } from './algebra.js';
import { copyBlock, pasteBlock, rowsOf, zeros, type Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

export interface BlockReflector {
  /** [m, b]; column j is zero above row j. */
  readonly v: Matrix64;
  /** Upper triangular, [b, b]. */
  readonly t: Matrix64;
}

/** Reflections of the rows from `start` on. */
export interface PlacedReflector extends BlockReflector {
  readonly start: number;
}

/**
 * X - (V T) (V' X), over X.
 *
 * @param workspace At least as many rows as V has columns; V' X goes there, so that no new memory has to be found for it.
 */
export async function reflect(
  algebra: LinearAlgebra,
  { v, t }: BlockReflector,
  x: Matrix64,
  workspace: Matrix64,
): Promise<void> {
  const products = await algebra.product(v, x, { transposeA: true, into: rowsOf(workspace, 0, v.columns) });
  await algebra.product(await algebra.product(v, t), products, { scale: -1, add: x, into: x });
}

/**
 * X becomes Q_1 Q_2 ... X.
 *
 * @param x [n, m], overwritten.
 */
export async function applyReflectors(
  algebra: LinearAlgebra,
  reflectors: readonly PlacedReflector[],
  x: Matrix64,
): Promise<void> {
  const widest = reflectors.reduce((width, { v }) => Math.max(width, v.columns), 0);
  const workspace = zeros(widest, x.columns, 'float64');
  for (const reflector of reflectors.toReversed())
    await reflect(algebra, reflector, rowsOf(x, reflector.start, x.rows), workspace);
}

/**
 * One block reflector from several, Q_1 Q_2 ..., each on the rows from its place on: the fewer there are, the less often is
 * what they are applied to read.
 *
 *     T = [T_1, -T_1 (V_1' V_2) T_2; 0, T_2]
 *
 * @source Schreiber & Van Loan 1989, doi:10.1137/0910005.
 */
export async function joinReflectors(
  algebra: LinearAlgebra,
  reflectors: readonly PlacedReflector[],
): Promise<PlacedReflector> {
  const [{ start, v: first }] = reflectors;
  const width = reflectors.reduce((sum, { v }) => sum + v.columns, 0);
  const v = zeros(first.rows, width, 'float64');
  const columns: number[] = [0];
  for (const { start: row, v: own } of reflectors) {
    pasteBlock(v, row - start, columns.at(-1)!, own);
    columns.push(columns.at(-1)! + own.columns);
  }
  const overlaps = await algebra.product(v, v, { transposeA: true });
  const t = zeros(width, width, 'float64');
  for (const [k, { t: own }] of reflectors.entries()) {
    const [column, end] = [columns[k], columns[k + 1]];
    if (k > 0) {
      const before = copyBlock(t, [0, column], [0, column]);
      const overlap = copyBlock(overlaps, [0, column], [column, end]);
      const coupled = await algebra.product(await algebra.product(before, overlap), own, { scale: -1 });
      pasteBlock(t, 0, column, coupled);
    }
    pasteBlock(t, column, column, own);
  }
  return { start, v, t };
}
