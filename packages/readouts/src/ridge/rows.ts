// Features of the training stimuli in memory, or in blocks; and what both forms of ridge take of them.

import { inPrecision, matrix, precisionOf, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import { nonFinite, rowLength, type FeatureRows, type FloatArray } from '@striate/contracts';

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
      requireFinite(data, nFeatures, (row) => features.stimulusIds[rows[row]]);
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

function requireFinite(data: Float32Array, length: number, stimulusOf: (row: number) => string): void {
  // A sum is finite only if every term is; the search for the culprit is for the rare case.
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]);
  if (Number.isFinite(sum)) return;
  const first = data.findIndex((value) => !Number.isFinite(value));
  const count = data.reduce((total, value) => total + (Number.isFinite(value) ? 0 : 1), 0);
  const where = `stimulus "${stimulusOf(Math.floor(first / length))}", feature ${first % length}`;
  throw nonFinite({ what: 'The features of a ridge readout', count, total: data.length, first: where });
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
