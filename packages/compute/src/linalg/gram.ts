import type { LinearAlgebra } from './algebra.js';
import { copyBlock, pasteBlock, precisionOf, transposed, zeros, type Matrix } from './matrix.js';

/** Columns per strip. */
const STRIP = 512;

/**
 * Multiply a matrix by itself, X' X: the inner products of its columns.
 *
 * @param algebra Where products run.
 * @param x       X, [n, p]; float32 or float64.
 * @returns [p, p], symmetric to the bit.
 * @remarks Only strips on and above the diagonal are computed, n p (p + 512) operations; the rest is mirrored.
 */
export async function gramMatrix<M extends Matrix>(algebra: LinearAlgebra, x: M): Promise<M> {
  const { rows, columns: p } = x;
  const result = zeros(p, p, precisionOf(x)) as M;
  for (let start = 0; start < p; start += STRIP) {
    const end = Math.min(start + STRIP, p);
    const right = start === 0 ? x : copyBlock(x, [0, rows], [start, p]);
    const strip = end === p ? right : copyBlock(right, [0, rows], [0, end - start]);
    const block = await algebra.product(strip, right, { transposeA: true });
    pasteBlock(result, start, start, block);
    pasteBlock(result, start, start, transposed(block));
    mirrorUpper(result, start, end);
  }
  return result;
}

/** Of a square on the diagonal, writes the upper triangle over the lower. */
function mirrorUpper({ rows: n, data }: Matrix, start: number, end: number): void {
  for (let i = start; i < end; i++) for (let j = start; j < i; j++) data[i * n + j] = data[j * n + i];
}
