// Losses over the entries that were measured. A mask, never a magic number, says which: what stands in the target
// where the mask is false is not looked at, NaN included.

import { onnx, scalar, type Value } from '../graph/index.js';

/**
 * What is trained against.
 *
 * `mask` [batch, voxel] is bool, true where a response was measured; `target` has the shape of the prediction.
 */
export interface Measured {
  readonly target: Value;
  readonly mask: Value;
}

/**
 * Mean squared error over measured entries: sum (p - t)^2 / n; 0 where nothing was measured.
 *
 * @param prediction [batch, voxel].
 * @returns A scalar.
 */
export function meanSquaredError(prediction: Value, { target, mask }: Measured): Value {
  const error = where(mask, onnx.Sub(prediction, target));
  return onnx.Div(onnx.ReduceSumSquare(error), atLeastOne(onnx.ReduceSum(count(mask, prediction))));
}

/**
 * Mean squared error plus 1 - CCC, Lin's concordance over all measured entries of the batch, flattened:
 *
 *     CCC = 2 cov / (var_p + var_t + (mean_p - mean_t)^2)       cov over n, variances over n - 1
 *
 * @param prediction [batch, voxel].
 * @returns A scalar. Over entries of many voxels it rewards differences between voxels' means too;
 *   {@link meanSquaredErrorAndVoxelConcordance} does not.
 * @source Lin 1989, doi:10.2307/2532051; divisors as in the code released with arXiv 2410.14031.
 */
export function meanSquaredErrorAndConcordance(prediction: Value, measured: Measured): Value {
  const { concordance } = concordanceAlong(prediction, measured);
  return onnx.Add(meanSquaredError(prediction, measured), onnx.Sub(scalar(1, prediction), concordance));
}

/**
 * Mean squared error plus the mean over voxels of 1 - CCC of the voxel, over the images of the batch.
 *
 * @param prediction [batch, voxel]. A voxel with fewer than two measured images in the batch has no concordance, and
 *   is left out of the mean.
 * @returns A scalar.
 */
export function meanSquaredErrorAndVoxelConcordance(prediction: Value, measured: Measured): Value {
  const { concordance, n } = concordanceAlong(prediction, measured, [0]);
  const hasTwo = onnx.GreaterOrEqual(n, scalar(2, n));
  const lost = where(hasTwo, onnx.Sub(scalar(1, prediction), concordance));
  const nVoxels = atLeastOne(onnx.ReduceSum(count(hasTwo, prediction)));
  return onnx.Add(meanSquaredError(prediction, measured), onnx.Div(onnx.ReduceSum(lost), nVoxels));
}

/**
 * Poisson loss, the mean over measured entries of p - t log(p + 1e-8).
 *
 * @param prediction [batch, voxel], not negative.
 * @returns A scalar.
 */
export function poissonLoss(prediction: Value, { target, mask }: Measured): Value {
  const logarithm = onnx.Log(onnx.Add(prediction, scalar(1e-8, prediction)));
  const terms = where(mask, onnx.Sub(prediction, onnx.Mul(where(mask, target), logarithm)));
  return onnx.Div(onnx.ReduceSum(terms), atLeastOne(onnx.ReduceSum(count(mask, prediction))));
}

/**
 * Mean cross-entropy of classes: -log softmax(logits)[class].
 *
 * @param logits [batch, class].
 * @param classes [batch, class], 1 for the right class and 0 elsewhere.
 * @returns A scalar.
 */
export function crossEntropy(logits: Value, classes: Value): Value {
  const terms = onnx.ReduceSum(onnx.Mul(classes, onnx.LogSoftmax(logits)), { axes: [1] });
  return onnx.Neg(onnx.ReduceMean(terms));
}

function concordanceAlong(
  prediction: Value,
  { target, mask }: Measured,
  axes?: readonly number[],
): { concordance: Value; n: Value } {
  const options = { keepdims: true, ...(axes ? { axes } : {}) };
  const sum = (x: Value) => onnx.ReduceSum(x, options);
  const n = sum(count(mask, prediction));
  const mean = (x: Value) => onnx.Div(sum(where(mask, x)), atLeastOne(n));
  const [meanP, meanT] = [mean(prediction), mean(target)];
  const centredP = where(mask, onnx.Sub(prediction, meanP));
  const centredT = where(mask, onnx.Sub(target, meanT));
  const degrees = atLeastOne(onnx.Sub(n, scalar(1, n)));
  const variance = (x: Value) => onnx.Div(sum(onnx.Mul(x, x)), degrees);
  const gap = onnx.Sub(meanP, meanT);
  const spread = onnx.Add(onnx.Add(variance(centredP), variance(centredT)), onnx.Mul(gap, gap));
  const covariance = onnx.Div(sum(onnx.Mul(centredP, centredT)), atLeastOne(n));
  // Nothing varies and nothing is apart: no concordance to speak of, and no division by zero either.
  const isFlat = onnx.Equal(spread, scalar(0, spread));
  const concordance = onnx.Div(
    onnx.Mul(scalar(2, covariance), covariance),
    onnx.Where(isFlat, scalar(1, spread), spread),
  );
  const flat = axes ? concordance : onnx.Reshape(concordance, []);
  return { concordance: flat, n };
}

const where = (mask: Value, x: Value) => onnx.Where(mask, x, scalar(0, x));
const count = (mask: Value, like: Value) => onnx.Cast(mask, like.dtype);
const atLeastOne = (n: Value) => onnx.Max(n, scalar(1, n));
