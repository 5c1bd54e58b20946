// The primal form: sums of squares and products of features. They are made once; what a fold leaves out is subtracted.

import { inPrecision, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import type { FoldSystem, FormInputs, RidgeForm } from './form.js';
import { columnMeans, columnSums, gramOfColumns, pickRows } from './rows.js';

type Matrix64 = Matrix<Float64Array>;

/** What every scaling of the same features shares. */
export interface PrimalBase extends FormInputs {
  readonly algebra: LinearAlgebra;
  /** Features of all rows minus their means, [stimulus, feature], in the run's precision. */
  readonly x: Matrix;
  /** Means over all rows; zeros without an intercept. */
  readonly featureMeans: Float64Array;
  /** x'x, [feature, feature], float64. */
  readonly gram: Matrix64;
}

/**
 * Prepare the primal form.
 *
 * @param x Features of all training rows, [stimulus, feature]; overwritten.
 */
export async function openPrimal(algebra: LinearAlgebra, x: Matrix, inputs: FormInputs): Promise<PrimalBase> {
  const featureMeans = inputs.intercept ? columnMeans(x) : new Float64Array(x.columns);
  const centred = inPrecision(subtractFromRows(x, featureMeans), inputs.precision);
  return { ...inputs, algebra, x: centred, featureMeans, gram: await gramOfColumns(algebra, centred) };
}

/** The form for features that are each multiplied by a factor. */
export function primalForm(base: PrimalBase, scale?: Float64Array): RidgeForm {
  const { algebra, x, gram, folds, featureMeans } = base;
  // Centred responses have nothing along the mean of x, which therefore need not be taken from it.
  const rightOf = (rows: Matrix) => async (responses: Matrix) =>
    scaleColumns(await algebra.product(responses, rows), scale);
  return {
    async whole() {
      return { a: scaleBothSides({ ...gram, data: gram.data.slice() }, scale), right: rightOf(x) };
    },
    async withoutFold(fold): Promise<FoldSystem> {
      const held = new Set(folds[fold]);
      const train = base.rows.map((_, position) => position).filter((position) => !held.has(position));
      const { a, left } = await leaveOut(base, folds[fold]);
      const right = rightOf(pickRows(x, train));
      return { a: scaleBothSides(a, scale), left: scaleColumns(left, scale), right };
    },
    async fitted(solution, { voxels, means }) {
      const weights = scaleRows(solution, scale);
      const intercepts = means.slice();
      for (let i = 0, at = 0; i < weights.rows; i++)
        for (let j = 0; j < weights.columns; j++) intercepts[j] -= featureMeans[i] * weights.data[at++];
      return { voxels, weights, intercepts };
    },
  };
}

/** Sums of products about the means of the rows that are left, and the rows left out about the same means. */
async function leaveOut({ algebra, x, gram, intercept }: PrimalBase, held: Int32Array) {
  const left = inPrecision(pickRows(x, held), 'float64');
  const a = await algebra.product(left, left, {
    ...{ transposeA: true, scale: -1, add: gram, into: zeros(x.columns, x.columns, 'float64') },
  });
  if (!intercept) return { a, left };
  const n = x.rows - held.length;
  const heldSums = columnSums(left);
  const means = columnSums(x).map((sum, feature) => (sum - heldSums[feature]) / n);
  for (let i = 0, at = 0; i < means.length; i++)
    for (let j = 0; j < means.length; j++) a.data[at++] -= n * means[i] * means[j];
  return { a, left: subtractFromRows(left, means) };
}

function subtractFromRows<Of extends Matrix>(x: Of, means: Float64Array): Of {
  for (let row = 0, at = 0; row < x.rows; row++)
    for (let column = 0; column < x.columns; column++) x.data[at++] -= means[column];
  return x;
}

function scaleRows<Of extends Matrix>(x: Of, scale: Float64Array | undefined): Of {
  if (scale)
    for (let row = 0, at = 0; row < x.rows; row++)
      for (let column = 0; column < x.columns; column++) x.data[at++] *= scale[row];
  return x;
}

function scaleColumns<Of extends Matrix>(x: Of, scale: Float64Array | undefined): Of {
  if (scale)
    for (let row = 0, at = 0; row < x.rows; row++)
      for (let column = 0; column < x.columns; column++) x.data[at++] *= scale[column];
  return x;
}

function scaleBothSides(x: Matrix64, scale: Float64Array | undefined): Matrix64 {
  return scaleColumns(scaleRows(x, scale), scale);
}
