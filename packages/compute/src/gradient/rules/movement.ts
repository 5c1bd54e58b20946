// Gradients of operators that move elements: each goes back to where it came from.

import { gradientMissing } from '@striate/contracts';
import {
  Concat,
  Expand,
  GatherElements,
  Pad,
  ReduceSum,
  Reshape,
  ScatterElements,
  Slice,
  Sub,
  Transpose,
} from '../../graph/operators/index.js';
import { countOf, readIntegers, staticShape } from '../../graph/shape.js';
import { integers, scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, sumTo, type Rule, type Rules } from '../rule.js';

const back: Rule = ruleOfOne((g, [x]) => [Reshape(g, staticShape('a gradient', x))]);

const transpose: Rule = ruleOfOne((g, [x], _, { perm }) => {
  if (!perm) return [Transpose(g)];
  const order = perm as readonly number[];
  return [
    Transpose(
      g,
      x.shape.map((_size, axis) => order.indexOf(axis)),
    ),
  ];
});

const concat: Rule = ruleOfOne((g, inputs, _, attributes) => {
  const axis = attributes.axis as number;
  let start = 0;
  return inputs.map((value) => {
    const size = staticShape('Concat', value).at(axis)!;
    start += size;
    return Slice(g, { starts: [start - size], ends: [start], axes: [axis] });
  });
});

const split: Rule = ({ gradients, outputs, attributes }) => [
  Concat(
    outputs.map((output, i) => gradients[i] ?? Expand(scalar(0, output), staticShape('Split', output))),
    (attributes.axis as number | undefined) ?? 0,
  ),
];

/** The margin comes off again: padding by the negative amounts crops, and puts back what had been cropped. */
const pad: Rule = ruleOfOne((g, [, pads, value], _, { mode = 'constant' }) => {
  if (mode !== 'constant') throw gradientMissing({ operator: 'Pad', reason: `mode ${String(mode)}` });
  const amounts = readIntegers('Pad', pads).map((amount) => -amount);
  const toX = Pad(g, amounts);
  const toMargin = () => Reshape(Sub(ReduceSum(g), ReduceSum(toX)), staticShape('Pad', value));
  return [toX, undefined, value && toMargin()];
});

/** Steps of one: zeros around. Other steps: each element to its own place. */
const slice: Rule = ruleOfOne((g, [x, starts, , axes, steps]) => {
  const shape = staticShape('Slice', x);
  const from = readIntegers('Slice', starts);
  const by = steps ? readIntegers('Slice', steps) : from.map(() => 1);
  const named = (axes ? readIntegers('Slice', axes) : [...from.keys()]).map((axis) =>
    axis < 0 ? axis + shape.length : axis,
  );
  const cut = named.map((axis, i) => ({ axis, start: startOf(from[i], shape[axis], by[i]), step: by[i] }));
  return [cut.reduceRight((gradient, part) => unslice(gradient, shape[part.axis], part), g)];
});

function startOf(start: number, size: number, step: number): number {
  const at = start < 0 ? start + size : start;
  return Math.min(Math.max(at, 0), step > 0 ? size : size - 1);
}

function unslice(g: Value, size: number, cut: { axis: number; start: number; step: number }): Value {
  const { axis, start, step } = cut;
  const shape = staticShape('Slice', g);
  const count = shape[axis];
  if (step === 1) {
    const pads = shape.map((_, at) => (at === axis ? start : 0));
    const behind = shape.map((_, at) => (at === axis ? size - start - count : 0));
    return Pad(g, [...pads, ...behind]);
  }
  const places = Array.from({ length: count }, (_, i) => start + i * step);
  return placed(g, integers(places), { axis, size });
}

/** Zeros, with the gradient's entries along an axis added at their places. */
function placed(g: Value, indices: Value, { axis, size }: { axis: number; size: number }): Value {
  const shape = staticShape('Gather', g);
  const zeros = Expand(scalar(0, g), shape.with(axis, size));
  const aligned = Reshape(
    indices,
    shape.map((_, at) => (at === axis ? -1 : 1)),
  );
  return ScatterElements(zeros, Expand(aligned, shape), g, { axis, reduction: 'add' });
}

const gather: Rule = ruleOfOne((g, [x, indices], _, attributes) => {
  const shape = staticShape('Gather', x);
  const given = (attributes.axis as number | undefined) ?? 0;
  const axis = given < 0 ? given + shape.length : given;
  const flat = [...shape.slice(0, axis), countOf('Gather', indices), ...shape.slice(axis + 1)];
  return [placed(Reshape(g, flat), Reshape(indices, [-1]), { axis, size: shape[axis] })];
});

const gatherElements: Rule = ruleOfOne((g, [x, indices], _, attributes) => {
  const zeros = Expand(scalar(0, g), staticShape('GatherElements', x));
  const axis = (attributes.axis as number | undefined) ?? 0;
  return [ScatterElements(zeros, indices, g, { axis, reduction: 'add' })];
});

/** `add`: each update went to its place. `none`: there it also took the place of what was there. */
const scatterElements: Rule = ruleOfOne((g, [, indices, updates], _, attributes) => {
  const { axis = 0, reduction = 'none' } = attributes as { axis?: number; reduction?: string };
  if (reduction !== 'add' && reduction !== 'none')
    throw gradientMissing({ operator: 'ScatterElements', reason: `reduction ${reduction}` });
  const nothing = () => Expand(scalar(0, g), staticShape('ScatterElements', updates));
  return [
    reduction === 'add' ? g : ScatterElements(g, indices, nothing(), { axis }),
    undefined,
    GatherElements(g, indices, axis),
  ];
});

export const movementRules: Rules = {
  Concat: concat,
  Expand: ruleOfOne((g, [x]) => [sumTo(g, x)]),
  Flatten: back,
  Gather: gather,
  GatherElements: gatherElements,
  Pad: pad,
  Reshape: back,
  ScatterElements: scatterElements,
  Slice: slice,
  Split: split,
  Squeeze: back,
  Transpose: transpose,
  Unsqueeze: back,
};
