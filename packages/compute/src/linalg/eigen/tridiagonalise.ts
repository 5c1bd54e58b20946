// From a band to a tridiagonal matrix. Sweep j reflects column j, which fills a block below the band; the first
// column of that block is reflected in turn, and so on down to the end. Only the first column: the rest of each block
// is in the way of the next sweep anyhow, one row further down.

import { makeReflector } from '../householder.js';
import { zeros, type Matrix } from '../matrix.js';
import type { Band } from '../band.js';

/** Lower half of a symmetric band; element (row, column) at column * height + row - column. */
interface PackedBand {
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** All reflections of all sweeps; those of one sweep stand on rows of their own. */
export interface Sweeps {
  /** Rows that one reflection mixes, at most. */
  readonly width: number;
  /** [sweep, row]: in sweep j, reflection k stands in rows j + 1 + k width and the width - 1 next ones. */
  readonly reflectors: Matrix<Float64Array>;
  /** [sweep, k]. */
  readonly betas: Matrix<Float64Array>;
}

export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** One less. */
  readonly below: Float64Array;
  readonly sweeps: Sweeps;
}

/**
 * Reduce a band to tridiagonal form, B = Q T Q', by reflections that run down the band.
 *
 * @returns T, and Q as reflections: Q = H_1 H_2 ..., sweep by sweep.
 * @remarks 6 n^2 b operations in plain loops for a band of b diagonals on each side; n^2 numbers for Q.
 * @source Murata & Horikoshi 1975; Bischof, Lang & Sun 2000, doi:10.1145/365723.365735.
 */
export function tridiagonalise(blocks: Band, width: number): Tridiagonal {
  const band = toBand(blocks, width);
  const { size: n, height, data } = band;
  const nSweeps = Math.max(0, n - 2);
  const sweeps: Sweeps = {
    width,
    reflectors: zeros(nSweeps, n, 'float64'),
    betas: zeros(nSweeps, Math.ceil((n - 1) / width), 'float64'),
  };
  for (let sweep = 0; sweep < nSweeps; sweep++) runDown(band, sweeps, sweep);
  return {
    diagonal: Float64Array.from({ length: n }, (_, i) => data[i * height]),
    below: Float64Array.from({ length: Math.max(0, n - 1) }, (_, i) => data[i * height + 1]),
    sweeps,
  };
}

function toBand({ size, diagonal, below }: Band, width: number): PackedBand {
  const height = 2 * width;
  const data = new Float64Array(size * height);
  diagonal.forEach((block, k) => {
    const start = k * width;
    const next = below[k] as Matrix | undefined;
    for (let j = 0; j < block.columns; j++) {
      const column = (start + j) * height - j;
      for (let i = j; i < block.rows; i++) data[column + i] = block.data[i * block.columns + j];
      for (let i = 0; next && i < next.rows && i <= j; i++) {
        data[column + block.rows + i] = next.data[i * next.columns + j];
      }
    }
  });
  return { size, width, height, data };
}

function runDown(band: PackedBand, { reflectors, betas }: Sweeps, sweep: number): void {
  const { size: n, width, height, data } = band;
  let column = sweep;
  for (let start = sweep + 1, k = 0; start < n; start += width, k++) {
    const end = Math.min(start + width, n);
    const v = reflectors.data.subarray(sweep * n + start, sweep * n + end);
    const at = column * height - column;
    v.set(data.subarray(at + start, at + end));
    const { beta, diagonal } = makeReflector(v, 0);
    v[0] = 1;
    betas.data[sweep * betas.columns + k] = beta;
    data.fill(0, at + start, at + end);
    data[at + start] = diagonal;
    if (beta !== 0) {
      for (let c = column + 1; c < start; c++) reflectColumn(band, v, beta, start, c);
      reflectDiagonal(band, v, beta, start);
      reflectRows(band, v, beta, start, end, Math.min(end + width, n));
    }
    column = start;
  }
}

/** H applied from the left to the rows from `start` on of one column. */
function reflectColumn(
  { height, data }: PackedBand,
  v: Float64Array,
  beta: number,
  start: number,
  column: number,
): void {
  const at = column * height + start - column;
  let dot = 0;
  for (let i = 0; i < v.length; i++) dot += v[i] * data[at + i];
  dot *= beta;
  for (let i = 0; i < v.length; i++) data[at + i] -= dot * v[i];
}

/** H A H for the symmetric square at `start`: A - v w' - w v', w = beta A v - (beta^2 v' A v / 2) v. */
function reflectDiagonal({ height, data }: PackedBand, v: Float64Array, beta: number, start: number): void {
  const n = v.length;
  const w = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const at = (start + j) * height - j;
    const vj = v[j];
    let sum = data[at + j] * vj;
    for (let i = j + 1; i < n; i++) {
      w[i] += data[at + i] * vj;
      sum += data[at + i] * v[i];
    }
    w[j] += sum;
  }
  let dot = 0;
  for (let i = 0; i < n; i++) dot += v[i] * w[i];
  const share = (beta * beta * dot) / 2;
  for (let i = 0; i < n; i++) w[i] = beta * w[i] - share * v[i];
  for (let j = 0; j < n; j++) {
    const at = (start + j) * height - j;
    const [vj, wj] = [v[j], w[j]];
    for (let i = j; i < n; i++) data[at + i] -= v[i] * wj + w[i] * vj;
  }
}

/** H applied from the right to the rows from `first` to `end` of the columns from `start` on. */
function reflectRows(
  { height, data }: PackedBand,
  v: Float64Array,
  beta: number,
  start: number,
  first: number,
  end: number,
): void {
  const sums = new Float64Array(end - first);
  for (let j = 0; j < v.length; j++) {
    const at = (start + j) * height + first - start - j;
    for (let i = 0; i < sums.length; i++) sums[i] += data[at + i] * v[j];
  }
  for (let j = 0; j < v.length; j++) {
    const at = (start + j) * height + first - start - j;
    const factor = beta * v[j];
    for (let i = 0; i < sums.length; i++) data[at + i] -= factor * sums[i];
  }
}
