// Responses as ridge reads them: some rows of some voxels, minus their training means, a little at a time.

import { rowsOf, type Matrix, type Precision } from '@striate/compute';
import type { StimulusByVoxel } from '@striate/contracts';

/** Responses of some voxels (positions, from 0) minus their training means, [voxel, stimulus]. */
export type ReadResponses = (voxels: Int32Array) => Matrix;

/** What a fold is trained on and validated on. */
export interface FoldResponses {
  readonly training: ReadResponses;
  readonly validation: ReadResponses;
}

export interface ResponseColumns {
  /** Where each voxel stands in the whole. */
  readonly voxels: Int32Array;
  /** Mean over rows, per voxel, summed in float64; zeros without an intercept. */
  means(rows: Int32Array): Float64Array;
  /** [voxels, rows] minus the means, in the run's precision. */
  read(rows: Int32Array, voxels: Int32Array, means: Float64Array): Matrix;
}

/**
 * Read responses by columns.
 *
 * @param responses [stimulus, voxel], finite in all rows that will be read.
 * @param columns   Positions of the voxels wanted.
 */
export function responseColumns(
  responses: StimulusByVoxel,
  columns: Int32Array,
  { intercept, precision }: { readonly intercept: boolean; readonly precision: Precision },
): ResponseColumns {
  const [, stride] = responses.shape;
  const { data } = responses;
  return {
    voxels: columns,
    means(rows) {
      const sums = new Float64Array(columns.length);
      if (!intercept) return sums;
      for (const row of rows)
        for (let j = 0; j < columns.length; j++) sums[j] += data[row * stride + columns[j]];
      return sums.map((sum) => sum / rows.length);
    },
    read(rows, voxels, means) {
      const n = rows.length;
      const into = new (precision === 'float32' ? Float32Array : Float64Array)(n * voxels.length);
      for (const [start, end] of tiles(n))
        for (let j = 0; j < voxels.length; j++) {
          const column = columns[voxels[j]];
          const mean = means[voxels[j]];
          for (let i = start; i < end; i++) into[j * n + i] = data[rows[i] * stride + column] - mean;
        }
      return { rows: voxels.length, columns: n, data: into };
    },
  };
}

/** Few enough rows at a time that a transposition reads each line of memory once. */
function* tiles(n: number): Generator<[start: number, end: number]> {
  for (let start = 0; start < n; start += 32) yield [start, Math.min(start + 32, n)];
}

/** Responses to all rows, and their means. */
export function wholeResponses(columns: ResponseColumns, rows: Int32Array) {
  const means = columns.means(rows);
  return { means, training: (voxels: Int32Array) => columns.read(rows, voxels, means) };
}

/**
 * Responses of a fold.
 *
 * @param rows Rows of the responses.
 * @param held Positions in `rows` that are left out of training, to be validated on.
 */
export function foldResponses(columns: ResponseColumns, rows: Int32Array, held: Int32Array): FoldResponses {
  const isHeld = new Set(held);
  const trainRows = rows.filter((_, position) => !isHeld.has(position));
  const heldRows = held.map((position) => rows[position]);
  const means = columns.means(trainRows);
  return {
    training: (voxels) => columns.read(trainRows, voxels, means),
    validation: (voxels) => columns.read(heldRows, voxels, means),
  };
}

/** The same responses, read once and kept: for whoever asks for them again and again. Neighbouring voxels only. */
export function rememberResponses(read: ReadResponses, nVoxels: number): ReadResponses {
  const all = read(Int32Array.from({ length: nVoxels }, (_, voxel) => voxel));
  return (voxels) => rowsOf(all, voxels[0], voxels[0] + voxels.length);
}
