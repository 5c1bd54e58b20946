// The gradient of a convolution's filters. How it is written decides the speed of training
// (docs/decisions/2026-11-25-gradients-of-convolutions.md).

import {
  Concat,
  Conv,
  MatMul,
  Pad,
  ReduceSum,
  Reshape,
  Slice,
  Transpose,
} from '../../graph/operators/index.js';
import type { Convolution } from '../../graph/operators/convolution.js';
import { extentOf, type Window } from '../../graph/operators/window.js';
import { staticShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';

/** A Conv with its input, its filters and the gradient of its output. */
export interface AppliedConvolution extends Convolution {
  readonly x: Value;
  readonly w: Value;
  readonly g: Value;
}

/**
 * Derive the gradient of a convolution's filters.
 *
 *     dw[m, c, k] = sum over n, p of g[n, m, p] x[n, c, p strides + k dilations - pads]
 *
 * @returns One value of the shape of w.
 */
export function toFilters(applied: AppliedConvolution): Value {
  const { w, groups, window } = applied;
  const isDepthwise = w.shape[0] === groups && w.shape[1] === 1;
  return isDepthwise || window.dilations.at(-1) !== 1 ? byTaps(applied) : byConvolution(applied);
}

/**
 * In k, the sum is a convolution itself: its filters are g, their taps lie `strides` apart, and they move by `dilations`.
 * Channels stand behind the last spatial axis and are moved over with it: what ONNX Runtime gathers for its products
 * then lies in runs of kernel width x channels, not of the kernel's width alone.
 */
function byConvolution({ x, w, g, window, groups }: AppliedConvolution): Value {
  const shape = staticShape('Conv', w);
  const [nFilters, nRead, ...kernel] = shape;
  const [nImages, , ...places] = staticShape('Conv', g);
  const nTaps = productOf(kernel);
  // Images are groups, and their sums are added up; or they are summed over as places are. Whichever writes less.
  const isApart = groups > 1 || nRead * nTaps <= productOf(places);
  const { seen, pads } = seenByAll(x, window, places);
  const alongLast = (counts: readonly number[]) => counts.with(-1, counts.at(-1)! * nRead);
  const sums = Conv(channelsLast(seen, groups), asFilters(g, isApart), undefined, {
    groups: isApart ? nImages * groups : 1,
    strides: window.dilations,
    dilations: alongLast(window.strides),
    pads: [...alongLast(pads.slice(0, places.length)), ...alongLast(pads.slice(places.length))],
  });
  const summed = isApart
    ? ReduceSum(Reshape(sums, [nImages, nFilters, nTaps, nRead]), { axes: [0] })
    : Reshape(sums, [nFilters, nTaps, nRead]);
  return Reshape(Transpose(summed, [0, 2, 1]), shape);
}

/** What the windows see: x and the zeros around it, without what lies behind the last window of a stride. */
function seenByAll(
  x: Value,
  window: Window,
  places: readonly number[],
): { seen: Value; pads: readonly number[] } {
  const before = window.pads.slice(0, places.length);
  const behind = staticShape('Conv', x)
    .slice(2)
    .map((size, axis) => {
      const end = (places[axis] - 1) * window.strides[axis] + extentOf(window, axis) - before[axis];
      return end - size;
    });
  const pads = [...before, ...behind];
  return behind.every((count) => count >= 0)
    ? { seen: x, pads }
    : { seen: withMargin(x, pads), pads: pads.map(() => 0) };
}

/** [1, groups of channels of images, sizes…], where the last size counts the channels of a group along with it. */
function channelsLast(x: Value, groups: number): Value {
  const [nImages, nChannels, ...sizes] = staticShape('Conv', x);
  const nRead = nChannels / groups;
  const grouped = Reshape(x, [nImages * groups, nRead, ...sizes]);
  const turned = Transpose(grouped, [0, ...sizes.map((_, axis) => axis + 2), 1]);
  return Reshape(turned, [1, nImages * groups, ...sizes.with(-1, sizes.at(-1)! * nRead)]);
}

/** A filter for each channel of each image, or one for each channel that reads all images. */
function asFilters(g: Value, isApart: boolean): Value {
  const [nImages, nFilters, ...places] = staticShape('Conv', g);
  return isApart
    ? Reshape(g, [nImages * nFilters, 1, ...places])
    : Transpose(g, [1, 0, ...places.map((_, axis) => axis + 2)]);
}

/** One product of matrices for each tap: what it read times the gradient of what became of it. */
function byTaps({ x, w, g, window, groups }: AppliedConvolution): Value {
  const shape = staticShape('Conv', w);
  const [nFilters, nRead, ...kernel] = shape;
  const places = staticShape('Conv', g).slice(2);
  const inGroups = (value: Value, nChannels: number) => Reshape(value, [0, groups, nChannels, -1]);
  const upstream = inGroups(g, nFilters / groups);
  const padded = withMargin(x, window.pads);
  const taps = listTaps(kernel).map((tap) => {
    const seen = inGroups(seenBy(tap, padded, window, places), nRead);
    const product = MatMul(upstream, Transpose(seen, [0, 1, 3, 2]));
    return Reshape(ReduceSum(product, { axes: [0] }), [nFilters, nRead, 1]);
  });
  return Reshape(Concat(taps, 2), shape);
}

/** The places of taps in the window, the last axis running fastest. */
function listTaps(kernel: readonly number[]): readonly (readonly number[])[] {
  return kernel.reduce<number[][]>(
    (taps, size) => taps.flatMap((tap) => Array.from({ length: size }, (_, at) => [...tap, at])),
    [[]],
  );
}

/** What one tap reads as the window moves. */
function seenBy(
  ...[tap, padded, { strides, dilations }, places]: [
    tap: readonly number[],
    padded: Value,
    window: Window,
    places: readonly number[],
  ]
): Value {
  const starts = tap.map((at, axis) => at * dilations[axis]);
  const ends = starts.map((start, axis) => start + (places[axis] - 1) * strides[axis] + 1);
  return Slice(padded, { starts, ends, axes: starts.map((_, axis) => axis + 2), steps: strides });
}

/** Zeros around the spatial axes; a negative count cuts off. */
function withMargin(x: Value, pads: readonly number[]): Value {
  if (pads.every((count) => count === 0)) return x;
  const nAxes = pads.length / 2;
  return Pad(x, [0, 0, ...pads.slice(0, nAxes), 0, 0, ...pads.slice(nAxes)]);
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
