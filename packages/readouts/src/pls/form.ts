// What partial least squares needs of features X [stimulus, feature] and responses Y [stimulus, voxel], both centred. A direction w of
// features stands as coordinates c, and as an image h with <w1, w2> = c1 . h2. There are two forms, and the smaller is taken:
//
//                                          kernel (fewer stimuli)     primal (fewer features)
//     w                                    X'c                        c
//     its image h                          XX'c                       c
//     coordinates of X'X w                 XX'c                       X'X c
//     coordinates of C C' w, C = X'Y       YY'h                       X'YY'X h
//
// The search for components does not care which it is.

import type { LinearAlgebra, Matrix } from '@striate/compute';
import type { InnerProducts } from '../ridge/inner-products.js';
import type { RowReader } from '../ridge/rows.js';
import type { Components } from './components.js';
import type { Operator } from './dominant.js';
import type { Responses } from './responses.js';

type Matrix64 = Matrix<Float64Array>;

export interface Form extends Operator {
  readonly isKernel: boolean;
  /** Number of coordinates. */
  readonly size: number;
  /** Coordinates of X'X w, from those of w. */
  vary(c: Float64Array): Promise<Float64Array>;
  readonly rounding: Rounding;
  /** T = X R of the training stimuli, [stimulus, component]. */
  scores(components: Components): Promise<Matrix64>;
  /** What makes scores of features. */
  projection(components: Components): Promise<Projection>;
}

/** Scores of features x as they are read: (x - means) rotations. */
export interface Projection {
  /** [feature]. */
  readonly means: Float64Array;
  /** [feature, component]. */
  readonly rotations: Matrix64;
}

export interface FormInputs {
  readonly algebra: LinearAlgebra;
  readonly innerProducts: InnerProducts;
  readonly reader: RowReader;
  /** Rows of the reader to train on. */
  readonly rows: Int32Array;
  /** Factor per feature. */
  readonly scale?: Float64Array;
  readonly responses: Responses;
}

/** What is not larger may be nothing but rounding. */
export interface Rounding {
  /** Of X'X w, as a factor of its coordinates on those of w. */
  readonly variance: number;
  /** Of C C' w, as a factor on w. */
  readonly covariance: number;
}

/** Multiples of a float64's rounding that sums of products are off by, at most. */
const MULTIPLES = 256;

/**
 * Size of the rounding in both operators.
 *
 * @param features  Sum of squares of the features before they were centred: there they lost their digits.
 * @param responses Sum of squares of the centred responses.
 * @param size      Number of coordinates: the rounding of many numbers does not add up in one direction.
 */
export function roundingOf(features: number, responses: number, size: number): Rounding {
  const variance = (MULTIPLES * Number.EPSILON * features) / Math.sqrt(size);
  return { variance, covariance: variance * responses };
}
