// The kernel form: inner products of stimuli. One matrix of all stimuli serves every fold, and centring on a fold's
// training rows is arithmetic on it.

import { zeros, type Matrix, type Precision } from '@striate/compute';
import type { RidgeForm, ResponseColumns } from './form.js';
import type { InnerProducts } from './inner-products.js';
import type { RowReader } from './rows.js';

type Matrix64 = Matrix<Float64Array>;

export interface KernelInputs {
  readonly reader: RowReader;
  /** Rows of the features, and of the responses. */
  readonly rows: Int32Array;
  readonly responses: ResponseColumns;
  /** Validation folds, as positions in `rows`. */
  readonly folds: readonly Int32Array[];
  readonly intercept: boolean;
  readonly precision: Precision;
  /** Factor per feature. */
  readonly scale?: Float64Array;
}

/** What centres inner products on the training rows: k_ij - m_i - m_j + mean(m), m_i = mean over training rows of k_i. */
export interface Centring {
  readonly rowMeans: Float64Array;
  readonly mean: number;
}

export interface KernelForm extends RidgeForm {
  readonly centring: Centring;
  readonly responseMeans: Float64Array;
}

/** Open the kernel form: one pass over blocks of features. */
export async function openKernel(innerProducts: InnerProducts, inputs: KernelInputs): Promise<KernelForm> {
  const { reader, rows, responses, folds, intercept, scale } = inputs;
  const side = { reader, rows };
  const kernel = await innerProducts(side, side, scale);
  const positions = rows.map((_, position) => position);
  const { matrix: whole, centring } = centredPart(kernel, positions, intercept);
  const responseMeans = responses.means(rows);
  return {
    centring,
    responseMeans,
    whole: () => whole,
    right: (voxels) => Promise.resolve(responses.gather(rows, voxels, responseMeans)),
    withoutFold(fold) {
      const held = new Set(folds[fold]);
      const train = positions.filter((position) => !held.has(position));
      const trainRows = train.map((position) => rows[position]);
      const validationRows = folds[fold].map((position) => rows[position]);
      const { matrix: a, centring: foldCentring } = centredPart(kernel, train, intercept);
      const means = responses.means(trainRows);
      return Promise.resolve({
        a,
        left: centreAcross(part(kernel, folds[fold], train), foldCentring, intercept),
        right: (voxels) => Promise.resolve(responses.gather(trainRows, voxels, means)),
        truth: (voxels) => responses.gatherTransposed(validationRows, voxels, means),
      });
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

function centredPart(kernel: Matrix64, positions: Int32Array, intercept: boolean) {
  const square = part(kernel, positions, positions);
  const n = positions.length;
  const rowMeans = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) rowMeans[i] += square.data[i * n + j] / n;
  }
  const centring = { rowMeans, mean: rowMeans.reduce((sum, value) => sum + value, 0) / n };
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
