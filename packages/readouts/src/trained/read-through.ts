// Voxels that look at places of a map and weigh its channels: the same sums in the order that leaves less in between.

import { onnx, staticShape, type Value } from '@striate/compute';

export interface ChannelWeights {
  /** [voxel, channel]: what a voxel looks for. */
  readonly features: Value;
  /** [voxel]. */
  readonly bias: Value;
}

/**
 * Read voxels out of a map:
 *
 *     y_bv = sum_p a_vbp sum_c w_vc x_bcp + b_v
 *
 * @param map   [batch, channel, place].
 * @param looks a, [voxel, batch, place], or [voxel, 1, place] for voxels that look at the same places in every image.
 * @returns [batch, voxel].
 * @remarks What there are more of is summed first, places or channels: the largest array in between is voxel x batch x the
 *   fewer of both.
 */
export function readThrough(map: Value, looks: Value, { features, bias }: ChannelWeights): Value {
  const [, channels, places] = staticShape('readThrough', map);
  const mix = channels >= places ? throughChannels : throughPlaces;
  return onnx.Add(mix(map, looks, features), bias);
}

/** sum_c w_vc x_bcp, [voxel, batch, place]. */
export function weighChannels(map: Value, features: Value): Value {
  return product(features, onnx.Transpose(map, [0, 2, 1]));
}

function throughChannels(map: Value, looks: Value, features: Value): Value {
  return onnx.Transpose(sumOfProducts(weighChannels(map, features), looks));
}

function throughPlaces(map: Value, looks: Value, features: Value): Value {
  const [voxels, nLooks, places] = staticShape('readThrough', looks);
  if (nLooks === 1) {
    const seen = product(onnx.Reshape(looks, [voxels, places]), map);
    return onnx.Transpose(sumOfProducts(seen, onnx.Unsqueeze(features, [1])));
  }
  const byImage = onnx.MatMul(onnx.Transpose(looks, [1, 0, 2]), onnx.Transpose(map, [0, 2, 1]));
  return sumOfProducts(byImage, features);
}

/** Of the last axis. */
function sumOfProducts(a: Value, b: Value): Value {
  return onnx.ReduceSum(onnx.Mul(a, b), { axes: [2] });
}

/** sum_k a_vk x_brk, [voxel, batch, r], as one product. */
function product(a: Value, x: Value): Value {
  const [batch, rows, length] = staticShape('readThrough', x);
  const [voxels] = staticShape('readThrough', a);
  const flat = onnx.Reshape(x, [batch * rows, length]);
  return onnx.Reshape(onnx.Gemm(a, flat, undefined, { transB: true }), [voxels, batch, rows]);
}
