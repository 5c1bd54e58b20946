// The Gaussian 2-D readout as a graph.

import { onnx, scalar, staticShape, type Value } from '@striate/compute';
import { cornersOf } from './corners.js';

export interface Gaussian2dWeights {
  /** [voxel, 2]: centre (x, y), -1 and 1 being the middles of the outermost pixels of the map. */
  readonly mu: Value;
  /** [voxel, channel]. */
  readonly features: Value;
  /** [voxel]. */
  readonly bias: Value;
}

/** In training, where each image sees a voxel: another place about its centre. */
export interface Jitter {
  /** [voxel, 1] isotropic, [voxel, 2] along x and y, or [voxel, 2, 2] a matrix S, the covariance being S S'. */
  readonly sigma: Value;
  /** [batch, voxel, 2], standard normal. */
  readonly eps: Value;
}

/**
 * Read each voxel at one point of the map, bilinearly, zeros outside: y_v = w_v . x(z_v) + b_v.
 *
 * @param featureMap [batch, channel, height, width].
 * @param jitter Given in training: z = clamp(mu + sigma eps, -1, 1). Left out: z = mu.
 * @returns [batch, voxel].
 * @remarks The largest array in between is [voxel, 4 batch, channel]: the pixels around each point.
 * @source Lurz et al. 2021, arXiv 2010.08262.
 */
export function gaussian2dReadout(
  featureMap: Value,
  { mu, features, bias }: Gaussian2dWeights,
  jitter?: Jitter,
): Value {
  const [batch, channels, height, width] = staticShape('gaussian2dReadout', featureMap);
  const [voxels] = staticShape('gaussian2dReadout', mu);
  const places = jitter ? jittered(mu, jitter) : onnx.Expand(mu, [batch, voxels, 2]);
  const { pixels, shares } = cornersOf(places, [height, width]);
  const byPixel = onnx.Transpose(onnx.Reshape(featureMap, [batch, channels, height * width]), [0, 2, 1]);
  const around = onnx.Gather(onnx.Reshape(byPixel, [batch * height * width, channels]), pixels);
  // Weighted before they are mixed: one number for each pixel is left, not one for each channel.
  const seen = onnx.MatMul(around, onnx.Reshape(features, [voxels, channels, 1]));
  const mixed = onnx.Mul(onnx.Reshape(seen, [voxels, 4, batch]), onnx.Reshape(shares, [voxels, 4, batch]));
  return onnx.Add(onnx.Transpose(onnx.ReduceSum(mixed, { axes: [1] })), bias);
}

function jittered(mu: Value, { sigma, eps }: Jitter): Value {
  const step = sigma.shape.length === 3 ? turned(sigma, eps) : onnx.Mul(sigma, eps);
  return onnx.Clip(onnx.Add(mu, step), scalar(-1, mu), scalar(1, mu));
}

/** S_v eps_v for each image and voxel. */
function turned(sigma: Value, eps: Value): Value {
  return onnx.Squeeze(onnx.MatMul(sigma, onnx.Unsqueeze(eps, [3])), [3]);
}
