// Inner products of stimuli, the stuff of the kernel form. Folds of one comparison are selections of the same stimuli at the
// same layer: their products are parts of one matrix, which is made once.

import { zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import type { FeatureRows } from '@striate/contracts';
import { readerOf, type RowReader } from './rows.js';

/** Rows are read in blocks of about so many bytes. */
const BLOCK_BYTES = 256e6;
/** Columns that are turned into float64 at a time. */
const COLUMN_CHUNK = 2048;
/** A shared matrix larger than this is not kept: 288 MB. */
const MOST_SHARED = 6000;
/** Of all that are kept; the last one stays whatever its size. */
const MOST_KEPT_BYTES = 600e6;

/** Some rows of a reader. */
export interface Side {
  readonly reader: RowReader;
  readonly rows: ArrayLike<number>;
}

/** [left, right], summed in float64; `scale` is an optional factor per feature, applied on both sides. */
export type InnerProducts = (left: Side, right: Side, scale?: Float64Array) => Promise<Matrix<Float64Array>>;

/**
 * Make inner products that keep the matrices of the wholes that were asked for last.
 *
 * @remarks Whether a matrix is shared depends on the question alone and not on what was asked before, so that a run that
 *   goes on after it was killed has the same bits as one that was not.
 */
export function shareInnerProducts(algebra: LinearAlgebra): InnerProducts {
  const kept = new Map<FeatureRows, Matrix<Float64Array>>();
  const ofWhole = async (whole: FeatureRows) => {
    const all = { reader: readerOf(whole), rows: Int32Array.from(whole.stimulusIds, (_, row) => row) };
    const products = kept.get(whole) ?? (await multiplyRows(algebra, all, all));
    kept.delete(whole);
    kept.set(whole, products); // now the last
    let bytes = 0;
    for (const { data } of kept.values()) bytes += data.byteLength;
    for (const [oldest, { data }] of kept) {
      if (bytes <= MOST_KEPT_BYTES || oldest === whole) break;
      kept.delete(oldest);
      bytes -= data.byteLength;
    }
    return products;
  };
  return async (left, right, scale) => {
    const whole = isShared(right) && !scale && right.reader.origin!.whole;
    if (!whole || left.reader.origin?.whole !== whole) return multiplyRows(algebra, left, right, scale);
    return pick(await ofWhole(whole), rowsInWhole(left), rowsInWhole(right));
  };
}

/** Are these training rows so large a part of a whole that the products of the whole are worth making? */
export function isShared({ reader, rows }: Side): boolean {
  const n = reader.origin?.whole.stimulusIds.length ?? Infinity;
  return n <= MOST_SHARED && n <= 2 * rows.length;
}

function rowsInWhole({ reader, rows }: Side): Int32Array {
  return Int32Array.from(rows, (row) => reader.origin!.rows[row]);
}

function pick(products: Matrix<Float64Array>, rows: Int32Array, columns: Int32Array): Matrix<Float64Array> {
  const result = zeros(rows.length, columns.length, 'float64');
  for (let i = 0, at = 0; i < rows.length; i++) {
    const offset = rows[i] * products.columns;
    for (let j = 0; j < columns.length; j++) result.data[at++] = products.data[offset + columns[j]];
  }
  return result;
}

/**
 * Inner products of the rows of two sets of stimuli, [left, right], summed in float64.
 *
 * @param scale Optional factor per feature, applied on both sides.
 * @remarks Reads blocks of rows against blocks of rows; the features never stand in memory as a whole.
 */
async function multiplyRows(
  algebra: LinearAlgebra,
  left: Side,
  right: Side,
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
  const width = end - start;
  const chunk = zeros(source.rows, width, 'float64');
  for (let row = 0; row < source.rows; row++) {
    const from = row * source.columns;
    chunk.data.set(source.data.subarray(from + start, from + end), row * width);
  }
  if (scale) for (let i = 0; i < chunk.data.length; i++) chunk.data[i] *= scale[start + (i % width)];
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
