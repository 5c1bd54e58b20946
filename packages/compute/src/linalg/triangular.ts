// Triangular systems by halves: what is left of the first half's unknowns is one large product, so that only blocks
// on the diagonal are solved in plain loops.

import { shapeMismatch, singularMatrix } from '@striate/contracts';
import type { LinearAlgebra } from './algebra.js';
import { copyBlock, precisionOf, rowsOf, zeros, type Matrix } from './matrix.js';

export interface TriangularOptions {
  /** Which triangle holds the matrix; the other is not read. Default: lower. */
  readonly triangle?: 'lower' | 'upper';
  /** Solve with the transposed matrix. Default: false. */
  readonly transpose?: boolean;
}

/** Large enough for products to run at speed, small enough for plain loops. */
const BASE = 64;

/**
 * Solve op(T) X = B for many right sides, T triangular and op the transposition where asked for.
 *
 * @param algebra Where products run.
 * @param t       T, [n, n]; float32 or float64.
 * @param b       B, [n, m], the same precision; left as it is.
 * @returns X, [n, m].
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`; `STRIATE_SINGULAR_MATRIX` if T has a zero on its diagonal.
 * @remarks n^2 m operations, nearly all in products. Blocks of 64 rows on the diagonal are inverted, in float64.
 * @source Elmroth et al. 2004, doi:10.1137/S0036144503428693 (recursive blocks).
 */
export async function solveTriangular<M extends Matrix>(
  algebra: LinearAlgebra,
  t: M,
  b: M,
  { triangle = 'lower', transpose = false }: TriangularOptions = {},
): Promise<M> {
  requireSystem(t, b);
  const x = { ...b, data: b.data.slice() };
  const isForward = (triangle === 'lower') !== transpose;
  await solveRange({ algebra, t, isLower: triangle === 'lower', transpose, isForward }, x, 0, t.rows);
  return x;
}

interface System {
  readonly algebra: LinearAlgebra;
  readonly t: Matrix;
  readonly isLower: boolean;
  readonly transpose: boolean;
  /** Is op(T) lower triangular, so that the first unknowns come first? */
  readonly isForward: boolean;
}

/** Overwrites rows start to end of x by the solution of that block of the system. */
async function solveRange(system: System, x: Matrix, start: number, end: number): Promise<void> {
  const { algebra, t, isLower, transpose, isForward } = system;
  const size = end - start;
  if (size <= BASE) {
    const block = rowsOf(x, start, end);
    const solution = await algebra.product(invertBlock(system, start, end), block);
    block.data.set(solution.data);
    return;
  }
  const middle = start + BASE * Math.ceil(size / (2 * BASE));
  const halves = [
    [start, middle],
    [middle, end],
  ] as const;
  const [first, second] = isForward ? halves : [halves[1], halves[0]];
  await solveRange(system, x, ...first);
  const coupling = isLower ? copyBlock(t, halves[1], halves[0]) : copyBlock(t, halves[0], halves[1]);
  const rest = rowsOf(x, ...second);
  const known = rowsOf(x, ...first);
  await algebra.product(coupling, known, { transposeA: transpose, scale: -1, add: rest, into: rest });
  await solveRange(system, x, ...second);
}

/** The inverse of op(T) on the diagonal, column by column of T's lower form. */
function invertBlock({ t, isLower, transpose }: System, start: number, end: number): Matrix {
  const n = end - start;
  const at = (i: number, j: number) => (isLower ? i * t.columns + j : j * t.columns + i);
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= t.data[at(start + i, start + k)] * inverse[k * n + j];
      const pivot = t.data[at(start + i, start + i)];
      if (pivot === 0) throw singularMatrix({ what: 'a triangular matrix', pivot: start + i });
      inverse[i * n + j] = sum / pivot;
    }
  }
  const result = zeros(n, n, precisionOf(t));
  const isFlipped = isLower === transpose;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) result.data[i * n + j] = inverse[isFlipped ? j * n + i : i * n + j];
  }
  return result;
}

function requireSystem(t: Matrix, b: Matrix): void {
  if (t.rows === t.columns && t.rows === b.rows) return;
  throw shapeMismatch({
    what: 'a triangular system',
    expected: 'n x n and n x m',
    actual: `${t.rows} x ${t.columns} and ${b.rows} x ${b.columns}`,
    hint: 'The matrix has to be square, with one row per row of the right sides.',
  });
}
