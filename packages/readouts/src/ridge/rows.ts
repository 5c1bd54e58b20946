// Features of the training stimuli in memory, or in blocks; and what both forms of ridge take of them.

import { inPrecision, matrix, precisionOf, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import { rowLength, type FeatureRows, type FloatArray } from '@striate/contracts';
import { requireFiniteRows } from '../features/require-finite.js';

/** Features by rows, in whatever precision they have. */
export interface RowReader {
  readonly nFeatures: number;
  readonly origin?: FeatureRows['origin'];
  /** [rows.length, feature]; the receiver's own. */
  read(rows: ArrayLike<number>): Promise<Matrix>;
}

/**
 * Read features through their seam.
 *
 * @throws {DataError} from `read`: `STRIATE_NON_FINITE`, naming the stimulus and the feature.
 */
export function readerOf(features: FeatureRows): RowReader {
  const nFeatures = rowLength(features);
  return {
    nFeatures,
    ...(features.origin ? { origin: features.origin } : {}),
    async read(rows) {
      const data = await features.readRows(rows);
      requireFiniteRows(data, features, rows, 'a readout in closed form');
      return matrix(rows.length, nFeatures, data);
    },
  };
}

/** Read rows of a matrix that is in memory. */
export function readerOfMatrix(x: Matrix): RowReader {
  return { nFeatures: x.columns, read: (rows) => Promise.resolve(pickRows(x, rows)) };
}

/** Some rows, copied. */
export function pickRows(x: Matrix, rows: ArrayLike<number>): Matrix {
  const { data } = zeros(rows.length, x.columns, precisionOf(x) as 'float32') as Matrix;
  for (let i = 0; i < rows.length; i++) {
    data.set(x.data.subarray(rows[i] * x.columns, (rows[i] + 1) * x.columns), i * x.columns);
  }
  return matrix(rows.length, x.columns, data);
}

/** Sum of every column, in float64. */
export function columnSums(source: Matrix): Float64Array {
  const sums = new Float64Array(source.columns);
  for (let row = 0, at = 0; row < source.rows; row++) {
    for (let column = 0; column < source.columns; column++) sums[column] += source.data[at++];
  }
  return sums;
}

/** Mean of every column, summed in float64. */
export function columnMeans(source: Matrix): Float64Array {
  return columnSums(source).map((sum) => sum / source.rows);
}

/** X'X of rows in memory, summed in float64. */
export async function gramOfColumns(
  algebra: LinearAlgebra,
  x: Matrix<FloatArray>,
): Promise<Matrix<Float64Array>> {
  const sum = zeros(x.columns, x.columns, 'float64');
  const perBlock = 1024;
  for (let start = 0; start < x.rows; start += perBlock) {
    const end = Math.min(start + perBlock, x.rows);
    const data = x.data.subarray(start * x.columns, end * x.columns);
    const block = inPrecision(matrix(end - start, x.columns, data), 'float64');
    await algebra.product(block, block, { transposeA: true, add: sum, into: sum });
  }
  return sum;
}
