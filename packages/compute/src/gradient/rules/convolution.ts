// Gradients of convolutions. The gradient of filters is written as one product of matrices for each tap: as a
// convolution over the batch, ONNX Runtime takes 25 times as long.

import {
  Concat,
  Conv,
  ConvTranspose,
  MatMul,
  Pad,
  readConvolution,
  ReduceSum,
  Reshape,
  Slice,
  Transpose,
} from '../../graph/operators/index.js';
import type { Convolution } from '../../graph/operators/convolution.js';
import { extentOf, type Window } from '../../graph/operators/window.js';
import { staticShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { ruleOfOne, type Rules } from '../rule.js';

/** A Conv with its input, its filters and the gradient of its output. */
interface Applied extends Convolution {
  readonly x: Value;
  readonly w: Value;
  readonly g: Value;
}

/** Each gradient goes to all places that were read for it. */
function toInput(applied: Applied): Value {
  const { x, w, g, window, groups } = applied;
  const { strides, dilations, pads } = window;
  const outside = pads.map((count, side) => extentOf(window, side % strides.length) - 1 - count);
  // The same as a ConvTranspose, in two thirds of the time.
  if (strides.every((stride) => stride === 1) && outside.every((count) => count >= 0))
    return Conv(g, turnedOver(applied), undefined, { dilations, pads: outside, groups });
  const places = spatialSizes(g);
  const outputPadding = spatialSizes(x).map((size, axis) => {
    const read = (places[axis] - 1) * strides[axis] + extentOf(window, axis);
    return size + pads[axis] + pads[axis + places.length] - read;
  });
  return ConvTranspose(g, w, undefined, { strides, dilations, pads, groups, outputPadding });
}

/** The filters with their taps backwards, from outputs to inputs. */
function turnedOver({ w, groups }: Applied): Value {
  const [nFilters, nRead, ...kernel] = staticShape('Conv', w);
  const axes = kernel.map((_, axis) => axis + 3);
  const inGroups = Reshape(w, [groups, nFilters / groups, nRead, ...kernel]);
  const exchanged = Transpose(inGroups, [0, 2, 1, ...axes]);
  const ends = kernel.map((size) => -size - 1);
  const backwards = Slice(exchanged, {
    axes,
    starts: kernel.map(() => -1),
    ends,
    steps: kernel.map(() => -1),
  });
  return Reshape(backwards, [groups * nRead, nFilters / groups, ...kernel]);
}

/** For each tap: what it read times the gradient of what became of it, summed over places and images. */
function toFilters({ x, w, g, window, groups }: Applied): Value {
  const shape = staticShape('Conv', w);
  const [nFilters, nRead, ...kernel] = shape;
  const inGroups = (value: Value, nChannels: number) => Reshape(value, [0, groups, nChannels, -1]);
  const upstream = inGroups(g, nFilters / groups);
  const padded = withMargin(x, window.pads);
  const taps = listTaps(kernel).map((tap) => {
    const seen = inGroups(seenBy(tap, padded, { window, places: spatialSizes(g) }), nRead);
    const product = MatMul(upstream, Transpose(seen, [0, 1, 3, 2]));
    return Reshape(ReduceSum(product, { axes: [0] }), [nFilters, nRead, 1]);
  });
  return Reshape(Concat(taps, 2), shape);
}

/** The bias was added at every place of every image. */
function toBias(g: Value): Value {
  return ReduceSum(g, { axes: [...g.shape.keys()].filter((axis) => axis !== 1) });
}

function spatialSizes(value: Value): readonly number[] {
  return staticShape('Conv', { ...value, shape: value.shape.slice(2) });
}

function withMargin(x: Value, pads: readonly number[]): Value {
  if (pads.every((count) => count === 0)) return x;
  const nAxes = pads.length / 2;
  return Pad(x, [0, 0, ...pads.slice(0, nAxes), 0, 0, ...pads.slice(nAxes)]);
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
  tap: readonly number[],
  padded: Value,
  { window, places }: { window: Window; places: readonly number[] },
): Value {
  const { strides, dilations } = window;
  const starts = tap.map((at, axis) => at * dilations[axis]);
  const ends = starts.map((start, axis) => start + (places[axis] - 1) * strides[axis] + 1);
  return Slice(padded, { starts, ends, axes: starts.map((_, axis) => axis + 2), steps: strides });
}

export const convolutionRules: Rules = {
  Conv: ruleOfOne((g, [x, w, b], _, attributes) => {
    const { window, groups } = readConvolution({ operator: 'Conv', inputs: [x, w], attributes });
    const convolution = { x, w, g, window, groups };
    return [toInput(convolution), toFilters(convolution), b && toBias(g)];
  }),
  ConvTranspose: ruleOfOne((g, [x, w, b], _, attributes) => {
    const { window, groups } = readConvolution({ operator: 'ConvTranspose', inputs: [x, w], attributes });
    const { strides, dilations, pads } = window;
    // The adjoint of the Conv that reads what is the output here: its input and its gradient change places.
    const toFiltersOfAdjoint = toFilters({ x: g, w, g: x, window, groups });
    return [Conv(g, w, undefined, { strides, dilations, pads, groups }), toFiltersOfAdjoint, b && toBias(g)];
  }),
};
