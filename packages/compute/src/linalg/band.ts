// A symmetric band, as the blocks of a block-tridiagonal matrix.

import type { Matrix } from './matrix.js';

type Matrix64 = Matrix<Float64Array>;

export interface Band {
  readonly size: number;
  /** Symmetric blocks on the diagonal. */
  readonly diagonal: readonly Matrix64[];
  /** Blocks below the diagonal: below[k] stands in block row k + 1, block column k. */
  readonly below: readonly Matrix64[];
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
