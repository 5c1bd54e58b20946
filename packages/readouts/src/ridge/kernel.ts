// The kernel form: inner products of stimuli. One matrix of all stimuli serves every fold, and centring on a fold's
// training rows is arithmetic on it.

import { zeros, type Matrix } from '@striate/compute';
import type { DualsOfGroup } from './fitted.js';
import type { FormInputs, RidgeForm } from './form.js';
import type { InnerProducts } from './inner-products.js';
import type { RowReader } from './rows.js';

type Matrix64 = Matrix<Float64Array>;

export interface KernelInputs extends FormInputs {
  readonly reader: RowReader;
  /** Factor per feature. */
  readonly scale?: Float64Array;
}

/** What centres inner products on the training rows: k_ij - m_i - m_j + mean(m), m_i = mean over training rows of k_i. */
export interface Centring {
  readonly rowMeans: Float64Array;
  readonly mean: number;
}

/** Open the kernel form: one pass over blocks of features. */
export async function openKernel(innerProducts: InnerProducts, inputs: KernelInputs): Promise<RidgeForm> {
  const { reader, rows, scale, intercept: hasIntercept } = inputs;
  const side = { reader, rows };
  const kernel = await innerProducts(side, side, scale);
  return {
    ...kernelSystems(kernel, inputs),
    async fitted(duals, { voxels, means: responseMeans }): Promise<DualsOfGroup> {
      const centring = centringOf(kernel);
      const shared = { voxels, reader, rows, duals, centring, hasIntercept, responseMeans };
      return scale ? { ...shared, scale } : shared;
    },
  };
}

/**
 * The systems of the kernel form.
 *
 * @param kernel Inner products of all rows, [stimulus, stimulus].
 */
export function kernelSystems(
  kernel: Matrix64,
  { rows, folds, intercept }: FormInputs,
): Omit<RidgeForm, 'fitted'> {
  const positions = rows.map((_, position) => position);
  const right = (responses: Matrix) => Promise.resolve(responses);
  return {
    async whole() {
      return { a: centredPart(kernel, positions, intercept).matrix, right };
    },
    async withoutFold(fold) {
      const held = new Set(folds[fold]);
      const train = positions.filter((position) => !held.has(position));
      const { matrix: a, centring } = centredPart(kernel, train, intercept);
      return { a, left: centreAcross(part(kernel, folds[fold], train), centring, intercept), right };
    },
  };
}

/**
 * Centre inner products of new stimuli (rows) and training stimuli (columns) on the training stimuli, in place.
 *
 * @param products [new stimulus, training stimulus].
 */
export function centreAcross(products: Matrix64, { rowMeans, mean }: Centring, intercept: boolean): Matrix64 {
  if (!intercept) return products;
  const { rows, columns, data } = products;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j];
    const own = sum / columns;
    for (let j = 0; j < columns; j++) data[i * columns + j] += mean - own - rowMeans[j];
  }
  return products;
}

/** What centres the inner products of some rows on these rows. */
export function centringOf({ rows: n, data }: Matrix64): Centring {
  const rowMeans = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) rowMeans[i] += data[i * n + j] / n;
  }
  return { rowMeans, mean: rowMeans.reduce((sum, value) => sum + value, 0) / n };
}

function centredPart(kernel: Matrix64, positions: Int32Array, intercept: boolean) {
  const square = part(kernel, positions, positions);
  const centring = centringOf(square);
  const matrix = centreAcross(square, centring, intercept);
  return { matrix: intercept ? fillNullDirection(matrix) : matrix, centring };
}

/**
 * A centred kernel is singular along (1, ..., 1), where a small penalty alone would stand: an inverse so large there
 * that its rounding drowns the rest. Centred responses have nothing along it, so an ordinary eigenvalue may be put there.
 */
function fillNullDirection(matrix: Matrix64): Matrix64 {
  let trace = 0;
  for (let i = 0; i < matrix.rows; i++) trace += matrix.data[i * matrix.rows + i];
  const share = trace / matrix.rows ** 2;
  for (let i = 0; i < matrix.data.length; i++) matrix.data[i] += share;
  return matrix;
}

function part(kernel: Matrix64, rows: Int32Array, columns: Int32Array): Matrix64 {
  const result = zeros(rows.length, columns.length, 'float64');
  for (let i = 0, at = 0; i < rows.length; i++) {
    const offset = rows[i] * kernel.columns;
    for (let j = 0; j < columns.length; j++) result.data[at++] = kernel.data[offset + columns[j]];
  }
  return result;
}
