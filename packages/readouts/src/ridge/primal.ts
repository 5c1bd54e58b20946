// The primal form: sums of squares and products of features.

import { inPrecision, type LinearAlgebra, type Matrix, type Precision } from '@striate/compute';
import type { RidgeForm, ResponseColumns } from './form.js';
import { columnMeans, gramOfColumns, pickRows } from './rows.js';

export interface PrimalInputs {
  /** Features of all training rows, [stimulus, feature]. */
  readonly x: Matrix;
  /** Row of each row of `x` in the responses. */
  readonly rows: Int32Array;
  readonly responses: ResponseColumns;
  /** Validation folds, as positions in `rows`. */
  readonly folds: readonly Int32Array[];
  readonly intercept: boolean;
  readonly precision: Precision;
}

export interface PrimalForm extends RidgeForm {
  /** Means over all rows: what intercepts are made of. */
  readonly featureMeans: Float64Array;
  readonly responseMeans: Float64Array;
}

/** Open the primal form. */
export async function openPrimal(algebra: LinearAlgebra, inputs: PrimalInputs): Promise<PrimalForm> {
  const { x, responses, rows, folds, intercept, precision } = inputs;
  const system = async (positions: Int32Array) => {
    const own = positions.map((position) => rows[position]);
    const part = pickRows(x, positions);
    const featureMeans = intercept ? columnMeans(part) : new Float64Array(x.columns);
    const responseMeans = responses.means(own);
    const centred = inPrecision(subtractFromRows(part, featureMeans), precision);
    return {
      ...{ featureMeans, responseMeans, a: await gramOfColumns(algebra, centred) },
      right: (voxels: Int32Array) =>
        algebra.product(centred, responses.gather(own, voxels, responseMeans), { transposeA: true }),
    };
  };
  const positions = rows.map((_, position) => position);
  const whole = await system(positions);
  return {
    featureMeans: whole.featureMeans,
    responseMeans: whole.responseMeans,
    whole: () => whole.a,
    right: whole.right,
    async withoutFold(fold) {
      const held = new Set(folds[fold]);
      const train = await system(positions.filter((position) => !held.has(position)));
      const validationRows = folds[fold].map((position) => rows[position]);
      const left = inPrecision(subtractFromRows(pickRows(x, folds[fold]), train.featureMeans), 'float64');
      return {
        ...{ a: train.a, left, right: train.right },
        truth: (voxels) => responses.gatherTransposed(validationRows, voxels, train.responseMeans),
      };
    },
  };
}

function subtractFromRows(x: Matrix, means: Float64Array): Matrix {
  for (let row = 0, at = 0; row < x.rows; row++) {
    for (let column = 0; column < x.columns; column++) x.data[at++] -= means[column];
  }
  return x;
}
