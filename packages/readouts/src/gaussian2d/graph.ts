// The Gaussian 2-D readout as a graph.

import { onnx, scalar, staticShape, type Value } from '@striate/compute';
import { weighChannels, type ChannelWeights } from '../trained/read-through.js';
import { cornersOf } from './corners.js';

/** Pixels of a map up to which channels are sooner weighed everywhere, by one product, than at the pixels looked at. */
const SMALL_MAP = 100;

/** Whether the sums over channels are made at all pixels of a map, and not only where voxels look. */
export function isSmallMap(nPixels: number): boolean {
  return nPixels <= SMALL_MAP;
}

export interface Gaussian2dWeights extends ChannelWeights {
  /** [voxel, 2]: centre (x, y), -1 and 1 being the middles of the outermost pixels of the map. */
  readonly mu: Value;
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
 * @remarks The largest array in between is [voxel, batch, height * width] for a small map, else [voxel, 4 batch, channel]: the
 *   pixels around each point.
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
  const map = onnx.Reshape(featureMap, [batch, channels, height * width]);
  const weigh = isSmallMap(height * width) ? weighEverywhere : weighAround;
  const mixed = onnx.Mul(
    onnx.Reshape(weigh(map, features, pixels), [voxels, 4, batch]),
    onnx.Reshape(shares, [voxels, 4, batch]),
  );
  return onnx.Add(onnx.Transpose(onnx.ReduceSum(mixed, { axes: [1] })), bias);
}

/** The sums over channels at some pixels, [voxel, 4 batch], out of those at all pixels. */
function weighEverywhere(map: Value, features: Value, pixels: Value): Value {
  const [voxels] = staticShape('gaussian2dReadout', features);
  return onnx.GatherElements(onnx.Reshape(weighChannels(map, features), [voxels, -1]), pixels, 1);
}

/** The same, of these pixels alone. */
function weighAround(map: Value, features: Value, pixels: Value): Value {
  const [batch, channels, nPlaces] = staticShape('gaussian2dReadout', map);
  const [voxels] = staticShape('gaussian2dReadout', features);
  const byPixel = onnx.Reshape(onnx.Transpose(map, [0, 2, 1]), [batch * nPlaces, channels]);
  const around = onnx.Gather(byPixel, pixels);
  return onnx.MatMul(around, onnx.Reshape(features, [voxels, channels, 1]));
}

function jittered(mu: Value, { sigma, eps }: Jitter): Value {
  const step = sigma.shape.length === 3 ? turned(sigma, eps) : onnx.Mul(sigma, eps);
  return onnx.Clip(onnx.Add(mu, step), scalar(-1, mu), scalar(1, mu));
}

/** S_v eps_v for each image and voxel. */
function turned(sigma: Value, eps: Value): Value {
  return onnx.Squeeze(onnx.MatMul(sigma, onnx.Unsqueeze(eps, [3])), [3]);
}
