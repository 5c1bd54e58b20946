// The spatial-feature factorised readout as a graph.

import { onnx, scalar, staticShape, type Value } from '@striate/compute';
import { readThrough, type ChannelWeights } from '../trained/read-through.js';

export interface FactorizedWeights extends ChannelWeights {
  /** [voxel, height, width]: where a voxel looks. */
  readonly spatial: Value;
}

/**
 * Read voxels out of a map, each through one mask and one weight per channel:
 *
 *     y_v = sum_c w_vc sum_p M_vp / (|M_v| + 1e-6) x_cp + b_v
 *
 * @param featureMap [batch, channel, height, width].
 * @returns [batch, voxel].
 * @source Klindt et al. 2017, arXiv 1711.02653; norm as in neuralpredictors' FullFactorized2d.
 */
export function factorizedReadout(featureMap: Value, { spatial, ...weights }: FactorizedWeights): Value {
  const [batch, channels, height, width] = staticShape('factorizedReadout', featureMap);
  const [voxels] = staticShape('factorizedReadout', spatial);
  const masks = normalised(onnx.Reshape(spatial, [voxels, height * width]));
  const map = onnx.Reshape(featureMap, [batch, channels, height * width]);
  return readThrough(map, onnx.Unsqueeze(masks, [1]), weights);
}

/** Rows divided by their Euclidean norm; a row of zeros stays zeros. */
export function normalised(masks: Value): Value {
  const norms = onnx.ReduceL2(masks, { axes: [1], keepdims: true });
  return onnx.Div(masks, onnx.Add(norms, scalar(1e-6, norms)));
}

/** sum_v |M_v|_1 |w_v|_1: the sum of the sizes of all weights that mask and channels make together. */
export function productOfNorms(spatial: Value, features: Value): Value {
  const norm = (x: Value, axes: readonly number[]) => onnx.ReduceSum(onnx.Abs(x), { axes });
  return onnx.ReduceSum(onnx.Mul(norm(spatial, [1, 2]), norm(features, [1])));
}
