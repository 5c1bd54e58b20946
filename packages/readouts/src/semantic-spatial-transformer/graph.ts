// The semantic spatial transformer readout as a graph: masks and maps move with the content of the image.

import { constantLike, onnx, staticShape, type Value } from '@striate/compute';
import { normalised } from '../factorized/graph.js';
import { readThrough, type ChannelWeights } from '../trained/read-through.js';
import { departuresOf, IDENTITY, restingNumbers, type Motion } from './motion.js';
import { warp } from './warp.js';

/** Two layers from the descriptor of an image to a few numbers for each thing that moves. Weights are [out, in]. */
export interface Mover {
  readonly w0: Value;
  readonly b0: Value;
  /** [numbers of all things, hidden], thing by thing. */
  readonly w1: Value;
  readonly b1: Value;
  /** What the numbers mean. Default: affine. */
  readonly motion?: Motion;
}

export interface TransformerWeights extends ChannelWeights {
  /** [voxel, height, width], not negative. */
  readonly spatial: Value;
  /** Moves each voxel's mask; left out: masks stay. */
  readonly voxelMover?: Mover;
  /** Moves each channel's map; left out: maps stay. */
  readonly channelMover?: Mover;
}

/**
 * Read voxels through masks and maps that an affine transform moves, another for each image:
 *
 *     y_v = sum_c w_vc sum_p x'_cp M'_vp + b_v
 *
 * with M'_v the mask of unit norm warped by A_v(descriptor) and x'_c the channel warped by B_c(descriptor).
 *
 * @param featureMap [batch, channel, height, width].
 * @param descriptor [batch, number]: what the locator network says of the image.
 * @returns [batch, voxel].
 * @source Saha, Chadha & Khosla 2024, arXiv 2410.14031.
 */
export function transformerReadout(
  featureMap: Value,
  descriptor: Value,
  { spatial, voxelMover, channelMover, ...weights }: TransformerWeights,
): Value {
  const masks = movedMasks(spatial, descriptor, voxelMover);
  const maps = movedMaps(featureMap, descriptor, channelMover);
  return readThrough(maps, masks, weights);
}

/** [voxel, batch or 1, place]: masks of unit norm, where they look in each image. */
export function movedMasks(spatial: Value, descriptor: Value, mover?: Mover): Value {
  const [voxels, height, width] = staticShape('movedMasks', spatial);
  const masks = normalised(onnx.Reshape(spatial, [voxels, height * width]));
  if (!mover) return onnx.Unsqueeze(masks, [1]);
  const planes = onnx.Reshape(masks, [voxels, height, width]);
  const ofVoxel = onnx.Transpose(move(descriptor, mover), [1, 0, 2, 3]);
  return warp(planes, ofVoxel);
}

/** [batch, channel, place]. */
function movedMaps(featureMap: Value, descriptor: Value, mover?: Mover): Value {
  const [batch, channels, height, width] = staticShape('movedMaps', featureMap);
  const shape = [batch, channels, height * width];
  if (!mover) return onnx.Reshape(featureMap, shape);
  const planes = onnx.Reshape(featureMap, [batch * channels, height, width]);
  const transforms = onnx.Reshape(move(descriptor, mover), [batch * channels, 1, 2, 3]);
  return onnx.Reshape(warp(planes, transforms), shape);
}

/** One affine transform for each image and thing, [batch, thing, 2, 3]. */
export function transformsOf(descriptor: Value, mover: Mover): Value {
  const departures = move(descriptor, mover);
  return onnx.Add(departures, constantLike(departures, [2, 3], IDENTITY));
}

/** How far each thing's transform is from the identity, A - 1, [batch, thing, 2, 3]. */
function move(descriptor: Value, { w0, b0, w1, b1, motion = 'affine' }: Mover): Value {
  const resting = restingNumbers(motion);
  const [batch] = staticShape('move', descriptor);
  const [count] = staticShape('move', b1);
  const things = count / resting.length;
  const rest = constantLike(b1, [count], Array.from({ length: things }, () => resting).flat());
  const hidden = onnx.Relu(onnx.Gemm(descriptor, w0, b0, { transB: true }));
  const numbers = onnx.Gemm(hidden, w1, onnx.Sub(b1, rest), { transB: true });
  return departuresOf(onnx.Reshape(numbers, [batch, things, resting.length]), motion);
}
