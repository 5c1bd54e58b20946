// Features of the training stimuli in memory, or in blocks; and what both forms of ridge take of them.

import { inPrecision, matrix, precisionOf, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import { nonFinite, rowLength, type FeatureRows, type FloatArray } from '@striate/contracts';

/** Rows are read in blocks of about so many bytes. */
const BLOCK_BYTES = 256e6;
/** Columns that are turned into float64 at a time. */
const COLUMN_CHUNK = 2048;

/** Features by rows, in whatever precision they have. */
export interface RowReader {
  readonly nFeatures: number;
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

/**
 * Inner products of the rows of two sets of stimuli, [left, right], summed in float64.
 *
 * @param scale Optional factor per feature, applied on both sides.
 * @remarks Reads blocks of rows against blocks of rows; the features never stand in memory as a whole.
 */
export async function innerProducts(
  algebra: LinearAlgebra,
  left: { readonly reader: RowReader; readonly rows: ArrayLike<number> },
  right: { readonly reader: RowReader; readonly rows: ArrayLike<number> },
  scale?: Float64Array,
): Promise<Matrix<Float64Array>> {
  const isSame = left.reader === right.reader && left.rows === right.rows;
  const result = zeros(left.rows.length, right.rows.length, 'float64');
  const perBlock = Math.max(1, Math.floor(BLOCK_BYTES / (4 * left.reader.nFeatures)));
  for (let i = 0; i < left.rows.length; i += perBlock) {
    const leftBlock = await left.reader.read(slice(left.rows, i, i + perBlock));
    for (let j = isSame ? i : 0; j < right.rows.length; j += perBlock) {
      const isDiagonal = isSame && i === j;
      const rightBlock = isDiagonal ? leftBlock : await right.reader.read(slice(right.rows, j, j + perBlock));
      const block = await blockProducts(algebra, leftBlock, rightBlock, scale);
      paste(result, i, j, block);
      if (isSame && !isDiagonal) pasteTransposed(result, j, i, block);
    }
  }
  return result;
}

async function blockProducts(
  algebra: LinearAlgebra,
  left: Matrix,
  right: Matrix,
  scale: Float64Array | undefined,
): Promise<Matrix<Float64Array>> {
  const sum = zeros(left.rows, right.rows, 'float64');
  for (let start = 0; start < left.columns; start += COLUMN_CHUNK) {
    const end = Math.min(start + COLUMN_CHUNK, left.columns);
    const a = columnsOf(left, start, end, scale);
    const b = left === right ? a : columnsOf(right, start, end, scale);
    await algebra.product(a, b, { transposeB: true, add: sum, into: sum });
  }
  return sum;
}

function columnsOf(source: Matrix, start: number, end: number, scale?: Float64Array): Matrix<Float64Array> {
  const chunk = zeros(source.rows, end - start, 'float64');
  for (let row = 0, at = 0; row < source.rows; row++) {
    const offset = row * source.columns;
    for (let column = start; column < end; column++) {
      chunk.data[at++] = source.data[offset + column] * (scale ? scale[column] : 1);
    }
  }
  return chunk;
}

function paste(target: Matrix, row: number, column: number, block: Matrix): void {
  for (let i = 0; i < block.rows; i++) {
    target.data.set(
      block.data.subarray(i * block.columns, (i + 1) * block.columns),
      (row + i) * target.columns + column,
    );
  }
}

function pasteTransposed(target: Matrix, row: number, column: number, block: Matrix): void {
  for (let i = 0; i < block.columns; i++) {
    for (let j = 0; j < block.rows; j++) {
      target.data[(row + i) * target.columns + column + j] = block.data[j * block.columns + i];
    }
  }
}

function slice(rows: ArrayLike<number>, start: number, end: number): Int32Array {
  return Int32Array.from(rows).subarray(start, Math.min(end, rows.length));
}

/** Mean of every column, summed in float64. */
export function columnMeans(source: Matrix): Float64Array {
  const means = new Float64Array(source.columns);
  for (let row = 0, at = 0; row < source.rows; row++) {
    for (let column = 0; column < source.columns; column++) means[column] += source.data[at++];
  }
  return means.map((sum) => sum / source.rows);
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
