// Eigenvectors of a matrix from those of its reduced form: reflections in reverse order, many at a time as products.

import type { LinearAlgebra } from '../algebra.js';
import { reflect, type BlockReflector } from '../block-reflector.js';
import { makeT } from '../householder.js';
import { rowsOf, zeros, type Matrix } from '../matrix.js';
import type { Sweeps } from './tridiagonalise.js';

type Matrix64 = Matrix<Float64Array>;

/**
 * Apply the Q of a reduction from band to tridiagonal form: X becomes Q X.
 *
 * Reflections k of a group of neighbouring sweeps make one block reflector, each a row below the one before. A
 * reflection of a later sweep overlaps with the next one down of an earlier sweep, which comes first in Q; all others
 * commute. So Q is groups in order of sweeps, and within a group blocks from the last k to the first.
 *
 * @param x [n, m], overwritten.
 * @source Auckenthaler et al. 2011, doi:10.1016/j.parco.2011.05.002 (reflections in blocks after bulge chasing).
 */
export async function applySweeps(algebra: LinearAlgebra, sweeps: Sweeps, x: Matrix64): Promise<void> {
  const { width, reflectors } = sweeps;
  const nSweeps = reflectors.rows;
  const workspace = zeros(width, x.columns, 'float64');
  for (let first = width * Math.floor((nSweeps - 1) / width); first >= 0; first -= width) {
    const last = Math.min(first + width, nSweeps) - 1;
    for (let k = 0; first + 1 + k * width < x.rows; k++) {
      const start = first + 1 + k * width;
      const end = Math.min(last + 1 + (k + 1) * width, x.rows);
      const block = gatherBlock(sweeps, { first, last, k, start, end });
      await reflect(algebra, block, rowsOf(x, start, end), workspace);
    }
  }
}

interface Place {
  readonly first: number;
  readonly last: number;
  readonly k: number;
  readonly start: number;
  readonly end: number;
}

function gatherBlock(
  { width, reflectors, betas }: Sweeps,
  { first, last, k, start, end }: Place,
): BlockReflector {
  const columns = last - first + 1;
  const v = zeros(end - start, columns, 'float64');
  const factors = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    const top = start + j;
    if (top >= end) break;
    factors[j] = betas.data[(first + j) * betas.columns + k];
    const offset = (first + j) * reflectors.columns;
    for (let row = top; row < Math.min(top + width, end); row++) {
      v.data[(row - start) * columns + j] = reflectors.data[offset + row];
    }
  }
  return { v, t: makeT(v, factors) };
}
