// Ridge has two forms. With X [stimulus, feature] and Y [stimulus, voxel], both centred on the rows they are trained on:
//
//     primal  (fewer features than stimuli):  weights = (X'X + a I)^-1 X'Y     predictions = X_test weights
//     kernel  (fewer stimuli than features):  duals   = (XX' + a I)^-1 Y       predictions = X_test X' duals
//
// Either is: a symmetric matrix A, a right side R per voxel, and a left side L per validation stimulus; predictions at
// a penalty are L (A + a I)^-1 R. Everything else (folds, penalties, voxels) does not care which it is.

import type { Matrix, Precision } from '@striate/compute';
import type { StimulusByVoxel } from '@striate/contracts';
import type { DualsOfGroup, WeightsOfGroup } from './fitted.js';

export interface RidgeSystem {
  /** A, [n, n], float64. */
  readonly a: Matrix<Float64Array>;
  /** R, [n, voxel], float32 or float64 as the run's precision. */
  right(voxels: Int32Array): Promise<Matrix>;
}

export interface FoldSystem extends RidgeSystem {
  /** L, [validation stimulus, n], float64. */
  readonly left: Matrix<Float64Array>;
  /** Responses of the validation stimuli minus the training mean, [voxel, validation stimulus]. */
  truth(voxels: Int32Array): Matrix;
}

export interface RidgeForm {
  /** The system of all rows. */
  whole(): Promise<RidgeSystem>;
  /** The system trained without a fold, to be validated on it. */
  withoutFold(fold: number): Promise<FoldSystem>;
  /** From the solution of the whole, [n, voxel] for all voxels, to what predicts. */
  fitted(solution: Matrix): Promise<WeightsOfGroup | DualsOfGroup>;
}

/** What either form is opened on. */
export interface FormInputs {
  /** Rows to train on, in features and responses. */
  readonly rows: Int32Array;
  readonly responses: ResponseColumns;
  /** Validation folds, as positions in `rows`. */
  readonly folds: readonly Int32Array[];
  readonly intercept: boolean;
  readonly precision: Precision;
}

/** Responses as ridge reads them: some rows of some voxels, a little at a time. Voxels are positions, from 0. */
export interface ResponseColumns {
  /** Where each voxel stands in the whole. */
  readonly voxels: Int32Array;
  /** Mean over rows, per voxel, summed in float64; zeros without an intercept. */
  means(rows: ArrayLike<number>): Float64Array;
  /** [rows.length, voxels], minus the means. */
  gather(rows: ArrayLike<number>, voxels: Int32Array, means: Float64Array): Matrix;
  /** The same, transposed: [voxels, rows.length]. */
  gatherTransposed(rows: ArrayLike<number>, voxels: Int32Array, means: Float64Array): Matrix;
}

/**
 * Read responses by columns.
 *
 * @param responses [stimulus, voxel], finite.
 * @param columns   Positions of the voxels wanted.
 */
export function responseColumns(
  responses: StimulusByVoxel,
  columns: Int32Array,
  { intercept, precision }: { readonly intercept: boolean; readonly precision: Precision },
): ResponseColumns {
  const [, stride] = responses.shape;
  const { data } = responses;
  const fresh = (length: number) =>
    precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
  return {
    voxels: columns,
    means(rows) {
      const sums = new Float64Array(columns.length);
      if (!intercept) return sums;
      for (let i = 0; i < rows.length; i++) {
        const offset = rows[i] * stride;
        for (let j = 0; j < columns.length; j++) sums[j] += data[offset + columns[j]];
      }
      return sums.map((sum) => sum / rows.length);
    },
    gather(rows, voxels, means) {
      const into = fresh(rows.length * voxels.length);
      for (let i = 0, at = 0; i < rows.length; i++) {
        const offset = rows[i] * stride;
        for (const voxel of voxels) into[at++] = data[offset + columns[voxel]] - means[voxel];
      }
      return { rows: rows.length, columns: voxels.length, data: into };
    },
    gatherTransposed(rows, voxels, means) {
      const n = rows.length;
      const into = fresh(n * voxels.length);
      for (let i = 0; i < n; i++) {
        const offset = rows[i] * stride;
        for (let j = 0; j < voxels.length; j++)
          into[j * n + i] = data[offset + columns[voxels[j]]] - means[voxels[j]];
      }
      return { rows: voxels.length, columns: n, data: into };
    },
  };
}
