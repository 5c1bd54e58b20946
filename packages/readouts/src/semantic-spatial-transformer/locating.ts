// From the locator's map of an image to what moves masks and maps.

import {
  onnx,
  parameter,
  type Parameter,
  type Random,
  staticShape,
  type Tensor,
  type Value,
} from '@striate/compute';
import type { MapShape } from '@striate/contracts';
import type { ReadoutSize } from '../trained/graph-readout.js';
import type { Mover } from './graph.js';
import { countNumbers, restingNumbers, type Motion } from './motion.js';

export interface LocatingOptions {
  /** What moves: the masks of voxels, the maps of channels, both, or nothing. */
  readonly moves: 'both' | 'voxels' | 'channels' | 'none';
  /** How masks may move: any affine transform, or made of these parts. Maps move by affine transforms. */
  readonly motion: Motion;
  /** Channels that the locator's are mixed to. */
  readonly locatorChannels: number;
  /** Units between descriptor and transforms. */
  readonly hidden: number;
}

export interface Locating {
  readonly parameters: readonly Parameter[];
  /** [batch, number]: what the locator says of the images, by its map [batch, channel, height, width]. */
  describe(locatorMap: Value): Value;
  readonly movers: { readonly voxelMover?: Mover; readonly channelMover?: Mover };
}

/** Assumed where no locator is known yet: layer4 of a ResNet-50 on 224 x 224 pixels. */
const USUAL_LOCATOR: MapShape = [2048, 7, 7];

/** Number of parameters of {@link openLocating}. */
export function countLocating(size: ReadoutSize, options: LocatingOptions): number {
  const [channels, height, width] = size.descriptor ?? USUAL_LOCATOR;
  const { locatorChannels, hidden } = options;
  const described = locatorChannels * height * width;
  const moved = listMoved(size, options);
  if (moved.length === 0) return 0;
  const ofMovers = moved.map(({ things, motion }) => {
    return hidden * (described + 1) + things * countNumbers(motion) * (hidden + 1);
  });
  return ofMovers.reduce((sum, count) => sum + count, locatorChannels * (channels + 1));
}

/**
 * Make the parameters: a 1 x 1 convolution of the locator's map, then two layers for each kind of thing that moves. First
 * weights as PyTorch's (uniform, +-1 / sqrt(inputs)), but for the last layers, which begin as the identity for all images.
 */
export function openLocating(size: ReadoutSize, options: LocatingOptions, random: Random): Locating {
  const [channels, height, width] = size.descriptor ?? USUAL_LOCATOR;
  const { locatorChannels, hidden } = options;
  const moved = listMoved(size, options);
  const uniform = (name: string, shape: readonly number[], nInputs: number) => {
    const bound = 1 / Math.sqrt(nInputs);
    return parameter(name, random.uniform(shape, -bound, bound));
  };
  const mixing = uniform('locator/weights', [locatorChannels, channels], channels);
  const offset = uniform('locator/bias', [locatorChannels, 1], channels);
  const described = locatorChannels * height * width;
  const movers = moved.map(({ kind, things, motion }) => {
    const resting = Array.from({ length: things }, () => restingNumbers(motion)).flat();
    const mover = {
      w0: uniform(`${kind}/w0`, [hidden, described], described),
      b0: uniform(`${kind}/b0`, [hidden], described),
      w1: parameter(`${kind}/w1`, floats([resting.length, hidden], [])),
      b1: parameter(`${kind}/b1`, floats([resting.length], resting)),
    };
    return { kind, mover, motion };
  });
  return {
    parameters: [
      ...(movers.length > 0 ? [mixing, offset] : []),
      ...movers.flatMap(({ mover }) => Object.values(mover)),
    ],
    describe: (locatorMap) => describeImage(locatorMap, mixing, offset),
    movers: Object.fromEntries(movers.map(({ kind, mover, motion }) => [kind, { ...mover, motion }])),
  };
}

function describeImage(locatorMap: Value, mixing: Value, offset: Value): Value {
  const [batch, channels, height, width] = staticShape('the locator', locatorMap);
  const places = onnx.Reshape(locatorMap, [batch, channels, height * width]);
  return onnx.Flatten(onnx.Add(onnx.MatMul(mixing, places), offset));
}

interface Moved {
  readonly kind: 'voxelMover' | 'channelMover';
  readonly things: number;
  readonly motion: Motion;
}

function listMoved({ nVoxels, map: [channels] }: ReadoutSize, { moves, motion }: LocatingOptions): Moved[] {
  const voxels: Moved = { kind: 'voxelMover', things: nVoxels, motion };
  const maps: Moved = { kind: 'channelMover', things: channels, motion: 'affine' };
  return { both: [voxels, maps], voxels: [voxels], channels: [maps], none: [] }[moves];
}

function floats(shape: readonly number[], values: readonly number[]): Tensor {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  data.set(values);
  return { dtype: 'float32', shape, data };
}
