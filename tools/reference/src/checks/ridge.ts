import { inPrecision, matrix, precisionOf, type Matrix } from '@striate/compute';
import { createRidgeEngine, fitRidge, parseRidgeOptions } from '@striate/readouts/ridge';
import { inputOf, type Check, type Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

/** Where a case's description names no number of folds. */
const DEFAULT_FOLDS = 5;

/** Ridge with a penalty per voxel, chosen over contiguous folds by mean squared error, and its predictions. */
export const ridge: Check = {
  prefix: 'ridge-cv',
  inputs: ['features', 'responses', 'alphas', 'test_features'],
  outputs: /^(best_alphas|coef|intercept|test_predictions|cv_scores)$/,
  async compute(given, precision) {
    const [features, responses, testFeatures] = ['features', 'responses', 'test_features'].map((name) =>
      matrixOf(given, name, precision),
    );
    const options = parseRidgeOptions({
      alphas: [...given.arrays.get('alphas')!.data],
      folds: foldsOf(given),
      intercept: hasIntercept(given),
      precision,
    });
    const engine = createRidgeEngine();
    try {
      const { alphas, cvScores, weights, intercepts } = await fitRidge(engine, features, responses, options);
      const rows = inPrecision(testFeatures, precisionOf(weights));
      return {
        best_alphas: alphas,
        coef: weights.data,
        intercept: intercepts,
        test_predictions: addToRows(await engine.algebra.product(rows, weights), intercepts),
        cv_scores: cvScores,
      };
    } finally {
      await engine.dispose();
    }
  },
};

function matrixOf(given: ReferenceCase, name: string, precision: Precision): Matrix {
  const { shape, data } = inputOf(given, name, precision);
  return matrix(shape[0], shape[1], data);
}

function addToRows({ columns, data }: Matrix, offsets: Float64Array): Float64Array {
  return Float64Array.from(data, (value, i) => value + offsets[i % columns]);
}

/** The number of folds as the description tells it: `5 unshuffled contiguous folds`, `KFold(4)`. */
function foldsOf({ about }: ReferenceCase): number {
  const [, inWords, asCall] =
    /(\d+)(?:[ -][a-z]+){0,3}[ -]folds?\b|KFold\((?:n_splits=)?(\d+)/i.exec(about) ?? [];
  return Number(inWords ?? asCall ?? DEFAULT_FOLDS);
}

/** By the name where it says so, else by whether any intercept is expected. */
function hasIntercept({ name, arrays }: ReferenceCase): boolean {
  if (/no[-_]intercept/.test(name)) return false;
  if (/intercept/.test(name)) return true;
  return arrays.get('intercept')?.data.some((value) => value !== 0) ?? false;
}
