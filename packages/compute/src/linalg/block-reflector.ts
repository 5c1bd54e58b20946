// Many reflections at once, as products: Q = I - V T V' (compact WY form, Schreiber & Van Loan 1989).

import type { LinearAlgebra } from './algebra.js';
import {
  copyBlock,
  inPrecision,
  pasteBlock,
  precisionOf,
  rowsOf,
  transposed,
  zeros,
  type Matrix,
  type Precision,
} from './matrix.js';

export interface BlockReflector<M extends Matrix = Matrix<Float64Array>> {
  /** [m, b]; column j is zero above row j. */
  readonly v: M;
  /** Upper triangular, [b, b]. */
  readonly t: M;
}

/** Reflections of the rows from `start` on. */
export interface PlacedReflector<M extends Matrix = Matrix<Float64Array>> extends BlockReflector<M> {
  readonly start: number;
}

/**
 * X - V T V' X, over X.
 *
 * @param workspace At least as many rows as V has columns; V' X goes there, so that no new memory has to be found for it.
 */
export async function reflect<M extends Matrix>(
  algebra: LinearAlgebra,
  { v, t }: BlockReflector<M>,
  x: M,
  workspace: M,
): Promise<void> {
  const into = rowsOf(workspace, 0, v.columns) as M;
  const products = await algebra.product(v, x, { transposeA: true, into });
  // T goes to the side where there is less to multiply.
  const [left, right] =
    v.rows < x.columns ? [await algebra.product(v, t), products] : [v, await algebra.product(t, products)];
  await algebra.product(left, right, { scale: -1, add: x, into: x });
}

/**
 * Multiply by Q = Q_1 Q_2 ... or by its transposed: X becomes Q X, or Q' X.
 *
 * @param reflectors In the order of Q_1, Q_2 ..., in the precision of X.
 * @param x          [n, m], overwritten.
 * @returns X.
 * @remarks About 2 n^2 m operations where Q is a whole square.
 */
export async function applyReflectors<M extends Matrix>(
  algebra: LinearAlgebra,
  reflectors: readonly PlacedReflector<M>[],
  x: M,
  { transpose = false }: { readonly transpose?: boolean } = {},
): Promise<M> {
  const widest = reflectors.reduce((width, { v }) => Math.max(width, v.columns), 0);
  const workspace = zeros(widest, x.columns, precisionOf(x)) as M;
  for (const { start, v, t } of transpose ? reflectors : reflectors.toReversed()) {
    const rows = rowsOf(x, start, x.rows) as M;
    await reflect(algebra, { v, t: transpose ? (transposed(t) as M) : t }, rows, workspace);
  }
  return x;
}

/** The same reflections in a precision. */
export function reflectorsIn(
  reflectors: readonly PlacedReflector[],
  precision: Precision,
): PlacedReflector<Matrix>[] {
  return reflectors.map(({ start, v, t }) => ({
    start,
    v: inPrecision(v, precision),
    t: inPrecision(t, precision),
  }));
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
