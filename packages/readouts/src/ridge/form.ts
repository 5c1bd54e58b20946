// Ridge has two forms. With X [stimulus, feature] and Y [stimulus, voxel], both centred on the rows they are trained on:
//
//     primal  (fewer features than stimuli):  weights = (X'X + a I)^-1 X'Y     predictions = X_test weights
//     kernel  (fewer stimuli than features):  duals   = (XX' + a I)^-1 Y       predictions = X_test X' duals
//
// Either is: a symmetric matrix A, a right side R per voxel, and a left side L per validation stimulus; predictions at
// a penalty are L (A + a I)^-1 R'. Everything else (folds, penalties, voxels) does not care which it is.

import type { Matrix, Precision } from '@striate/compute';
import type { DualsOfGroup, WeightsOfGroup } from './fitted.js';

export interface RidgeSystem {
  /** A, [n, n], float64. */
  readonly a: Matrix<Float64Array>;
  /** R, [voxel, n], from centred responses [voxel, training stimulus] of the same precision. */
  right(responses: Matrix): Promise<Matrix>;
}

export interface FoldSystem extends RidgeSystem {
  /** L, [validation stimulus, n], float64. */
  readonly left: Matrix<Float64Array>;
}

export interface RidgeForm {
  /** The system of all rows. */
  whole(): Promise<RidgeSystem>;
  /** The system trained without a fold, to be validated on it. */
  withoutFold(fold: number): Promise<FoldSystem>;
  /** From the solution of the whole for some voxels, [n, voxel], to what predicts. */
  fitted(solution: Matrix, voxels: FittedVoxels): Promise<WeightsOfGroup | DualsOfGroup>;
}

export interface FittedVoxels {
  /** Their positions in the whole. */
  readonly voxels: Int32Array;
  /** Means of their responses over all rows; zeros without an intercept. */
  readonly means: Float64Array;
}

/** What either form is opened on, besides features. */
export interface FormInputs {
  /** Rows of the features to train on. */
  readonly rows: Int32Array;
  /** Validation folds, as positions in `rows`. */
  readonly folds: readonly Int32Array[];
  readonly intercept: boolean;
  readonly precision: Precision;
}
