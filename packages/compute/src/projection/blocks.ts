// Features as blocks of rows in float64, read one after the other.

import { rowLength, type FeatureRows } from '@striate/contracts';
import { matrix, type Matrix } from '../linalg/matrix.js';
import { requireFinite } from '../linalg/symmetric.js';

export interface Block {
  /** Position of its first stimulus. */
  readonly start: number;
  /** [stimulus, feature]. */
  readonly rows: Matrix<Float64Array>;
}

/** Stimuli that fit into so many bytes, one at least. */
export function blockSize(features: FeatureRows, bytes: number): number {
  return Math.max(1, Math.floor(bytes / (8 * rowLength(features))));
}

/**
 * Read the block of stimuli at `start`, less a shift.
 *
 * @param shift Subtracted from every row, [feature].
 * @throws {DataError} `STRIATE_NON_FINITE` naming the first stimulus of the block.
 */
export async function readBlock(
  features: FeatureRows,
  start: number,
  size: number,
  shift?: Float64Array,
): Promise<Block> {
  const count = Math.min(size, features.stimulusIds.length - start);
  const values = await features.readRows(Int32Array.from({ length: count }, (_, i) => start + i));
  const rows = matrix(count, rowLength(features), new Float64Array(values));
  requireFinite(`Features from stimulus "${features.stimulusIds[start]}" on`, rows);
  if (shift) subtractFromRows(rows, shift);
  return { start, rows };
}

/** All blocks in order. */
export async function* readBlocks(
  features: FeatureRows,
  size: number,
  shift?: Float64Array,
): AsyncGenerator<Block> {
  for (let start = 0; start < features.stimulusIds.length; start += size)
    yield readBlock(features, start, size, shift);
}

/** Less the same numbers in every row, in place. */
export function subtractFromRows({ rows, columns, data }: Matrix, shift: Float64Array): void {
  for (let row = 0, at = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, at++) data[at] -= shift[j];
  }
}

/** Mean of the rows, [feature]. */
export function meanOf({ rows: n, columns, data }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0, at = 0; row < n; row++) for (let j = 0; j < columns; j++, at++) mean[j] += data[at];
  return mean.map((sum) => sum / n);
}
