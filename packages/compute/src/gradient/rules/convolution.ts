// Gradients of convolutions. How they are written decides the speed of training
// (docs/decisions/2026-11-25-gradients-of-convolutions.md).

import {
  Conv,
  ConvTranspose,
  readConvolution,
  ReduceSum,
  Reshape,
  Slice,
  Transpose,
} from '../../graph/operators/index.js';
import { extentOf } from '../../graph/operators/window.js';
import { staticShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { ruleOfOne, type Rules } from '../rule.js';
import { toFilters, type AppliedConvolution } from './filters.js';

/** With fewer channels than this share of the filters, the products of a Conv backwards would be too flat. */
const FLAT = 1 / 8;

/** Each gradient goes to all places that were read for it: a Conv with the filters flipped, unless it skipped places. */
function toInput(applied: AppliedConvolution): Value {
  const { w, g, window, groups } = applied;
  const { strides, dilations, kernel } = window;
  const pads = window.pads.map((count, i) => extentOf(window, i % kernel.length) - 1 - count);
  const [nFilters, nRead] = w.shape.map(Number);
  const isFlat = nRead <= FLAT * (nFilters / groups);
  return isFlat || strides.some((stride) => stride > 1) || pads.some((count) => count < 0)
    ? spread(applied)
    : Conv(g, flipped(w, groups), undefined, { dilations, pads, groups });
}

/** The adjoint as such. */
function spread({ x, w, g, window, groups }: AppliedConvolution): Value {
  const { strides, dilations, pads } = window;
  const places = staticShape('Conv', g).slice(2);
  const outputPadding = staticShape('Conv', x)
    .slice(2)
    .map((size, axis) => {
      const read = (places[axis] - 1) * strides[axis] + extentOf(window, axis);
      return size + pads[axis] + pads[axis + places.length] - read;
    });
  return ConvTranspose(g, w, undefined, { strides, dilations, pads, groups, outputPadding });
}

/** Filters that lead back: from the outputs of each group to its channels, taps in the opposite order. */
function flipped(w: Value, groups: number): Value {
  const [nFilters, nRead, ...kernel] = staticShape('Conv', w);
  const axes = kernel.map((_, axis) => axis + 2);
  const turned = Slice(w, {
    starts: kernel.map(() => -1),
    ends: kernel.map((size) => -size - 1),
    axes,
    steps: kernel.map(() => -1),
  });
  const grouped = Reshape(turned, [groups, nFilters / groups, nRead, ...kernel]);
  const swapped = Transpose(grouped, [0, 2, 1, ...kernel.map((_, axis) => axis + 3)]);
  return Reshape(swapped, [groups * nRead, nFilters / groups, ...kernel]);
}

/** The bias was added at every place of every image. */
function toBias(g: Value): Value {
  return ReduceSum(g, { axes: [...g.shape.keys()].filter((axis) => axis !== 1) });
}

export const convolutionRules: Rules = {
  Conv: ruleOfOne((g, [x, w, b], _, attributes) => {
    const applied = { x, w, g, ...readConvolution({ operator: 'Conv', inputs: [x, w], attributes }) };
    return [toInput(applied), toFilters(applied), b && toBias(g)];
  }),
  ConvTranspose: ruleOfOne((g, [x, w, b], _, attributes) => {
    const { window, groups } = readConvolution({ operator: 'ConvTranspose', inputs: [x, w], attributes });
    const { strides, dilations, pads } = window;
    const toX = Conv(g, w, undefined, { strides, dilations, pads, groups });
    // It leads back from what that Conv gives to what it reads: input and gradient change places.
    return [toX, toFilters({ x: g, w, g: x, window, groups }), b && toBias(g)];
  }),
};
