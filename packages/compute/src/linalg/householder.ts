// Householder's QR of a tall panel, as one block reflector.

import type { BlockReflector } from './block-reflector.js';
import { zeros, type Matrix } from './matrix.js';

export interface PanelFactors extends BlockReflector {
  /** Upper triangular, [min(m, b), b]. */
  readonly r: Matrix<Float64Array>;
}

/**
 * Factor a panel A = Q [R; 0], Q = I - V T V'.
 *
 * @param panel [m, b], float64; left as it is.
 * @source Golub & Van Loan, Matrix Computations, 4th ed., 5.1 and 5.2.3.
 */
export function factorPanel(panel: Matrix<Float64Array>): PanelFactors {
  const { rows: m, columns: b } = panel;
  // By columns, so that all inner loops run over neighbours.
  const columns = Array.from({ length: b }, (_, j) =>
    Float64Array.from({ length: m }, (_, i) => panel.data[i * b + j]),
  );
  const betas = new Float64Array(b);
  const diagonal = new Float64Array(b);
  for (let j = 0; j < Math.min(m, b); j++) {
    const reflector = makeReflector(columns[j], j);
    betas[j] = reflector.beta;
    diagonal[j] = reflector.diagonal;
    for (let k = j + 1; k < b; k++) applyReflector(columns[j], betas[j], columns[k], j);
  }
  const height = Math.min(m, b);
  const r = zeros(height, b, 'float64');
  const v = zeros(m, b, 'float64');
  for (let j = 0; j < b; j++) {
    for (let i = 0; i < height && i <= j; i++) r.data[i * b + j] = i === j ? diagonal[j] : columns[j][i];
    if (j < m) v.data[j * b + j] = 1;
    for (let i = j + 1; i < m; i++) v.data[i * b + j] = columns[j][i];
  }
  return { v, t: makeT(v, betas), r };
}

/** Overwrites column[j+1..] with the reflector, whose element j is 1. A factor of 0 means that there is nothing to reflect. */
export function makeReflector(column: Float64Array, j: number): { beta: number; diagonal: number } {
  let tail = 0;
  for (let i = j + 1; i < column.length; i++) tail += column[i] * column[i];
  const head = column[j];
  if (tail === 0) return { beta: 0, diagonal: head };
  const norm = Math.sqrt(head * head + tail);
  const pivot = head <= 0 ? head - norm : -tail / (head + norm);
  for (let i = j + 1; i < column.length; i++) column[i] /= pivot;
  return { beta: (2 * pivot * pivot) / (tail + pivot * pivot), diagonal: norm };
}

function applyReflector(reflector: Float64Array, beta: number, column: Float64Array, j: number): void {
  if (beta === 0) return;
  let dot = column[j];
  for (let i = j + 1; i < column.length; i++) dot += reflector[i] * column[i];
  dot *= beta;
  column[j] -= dot;
  for (let i = j + 1; i < column.length; i++) column[i] -= dot * reflector[i];
}

/**
 * T of Q = I - V T V', from the reflectors' factors: T_jj = beta_j, T_0:j,j = -beta_j T V' v_j.
 *
 * @param v Column j is zero above row j.
 */
export function makeT(v: Matrix<Float64Array>, betas: Float64Array): Matrix<Float64Array> {
  const b = v.columns;
  const t = zeros(b, b, 'float64');
  const overlap = new Float64Array(b);
  for (let j = 0; j < b; j++) {
    overlap.fill(0);
    for (let i = j; i < v.rows; i++) {
      const vij = v.data[i * b + j];
      for (let k = 0; k < j; k++) overlap[k] += v.data[i * b + k] * vij;
    }
    for (let k = 0; k < j; k++) {
      let sum = 0;
      for (let l = k; l < j; l++) sum += t.data[k * b + l] * overlap[l];
      t.data[k * b + j] = -betas[j] * sum;
    }
    t.data[j * b + j] = betas[j];
  }
  return t;
}
