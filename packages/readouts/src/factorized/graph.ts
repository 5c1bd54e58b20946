// The spatial-feature factorised readout as a graph.

import { onnx, scalar, staticShape, type Value } from '@striate/compute';

export interface FactorizedWeights {
  /** [voxel, height, width]: where a voxel looks. */
  readonly spatial: Value;
  /** [voxel, channel]: what it looks for. */
  readonly features: Value;
  /** [voxel]. */
  readonly bias: Value;
}

/**
 * Read voxels out of a map, each through one mask and one weight per channel:
 *
 *     y_v = sum_c w_vc sum_p M_vp / (|M_v| + 1e-6) x_cp + b_v
 *
 * @param featureMap [batch, channel, height, width].
 * @returns [batch, voxel].
 * @remarks The largest array in between is [batch, channel, voxel]; voxels x channels x pixels is never made.
 * @source Klindt et al. 2017, arXiv 1711.02653; norm as in neuralpredictors' FullFactorized2d.
 */
export function factorizedReadout(featureMap: Value, { spatial, features, bias }: FactorizedWeights): Value {
  const [batch, channels, height, width] = staticShape('factorizedReadout', featureMap);
  const [voxels] = staticShape('factorizedReadout', spatial);
  const masks = normalised(onnx.Reshape(spatial, [voxels, height * width]));
  const map = onnx.Reshape(featureMap, [batch * channels, height * width]);
  const pooled = onnx.Gemm(map, masks, undefined, { transB: true });
  return weighChannels(onnx.Reshape(pooled, [batch, channels, voxels]), features, bias);
}

/** Rows divided by their Euclidean norm; a row of zeros stays zeros. */
export function normalised(masks: Value): Value {
  const norms = onnx.ReduceL2(masks, { axes: [1], keepdims: true });
  return onnx.Div(masks, onnx.Add(norms, scalar(1e-6, norms)));
}

/** sum_c w_vc x_cv + b_v of what each voxel saw, [batch, channel, voxel] to [batch, voxel]. */
export function weighChannels(seen: Value, features: Value, bias: Value): Value {
  return onnx.Add(onnx.ReduceSum(onnx.Mul(seen, onnx.Transpose(features)), { axes: [1] }), bias);
}

/** sum_v |M_v|_1 |w_v|_1: the sum of the sizes of all weights that mask and channels make together. */
export function productOfNorms(spatial: Value, features: Value): Value {
  const norm = (x: Value, axes: readonly number[]) => onnx.ReduceSum(onnx.Abs(x), { axes });
  return onnx.ReduceSum(onnx.Mul(norm(spatial, [1, 2]), norm(features, [1])));
}
