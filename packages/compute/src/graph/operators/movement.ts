// Operators that move elements about and compute nothing.

import { applyOne, operator, apply, type Operator } from '../operator.js';
import { broadcast, normaliseAxes, readIntegers, refuse, sameShape } from '../shape.js';
import { integers, type Shape, type Size, type Value } from '../value.js';

const reshape = operator('Reshape', ([x, target]) => [
  { dtype: x!.dtype, shape: reshaped(x!, readIntegers('Reshape', target!)) },
]);

/** 0 takes the size over, one -1 takes what is left. Names of sizes have to cancel. */
function reshaped(x: Value, target: readonly number[]): Shape {
  const sizes: Size[] = target.map((size, axis) => (size === 0 ? (x.shape[axis] ?? 0) : size));
  const [from, to] = [factors(x.shape), factors(sizes.filter((size) => size !== -1))];
  const open = sizes.indexOf(-1);
  const names = from.names.filter((name) => !to.names.includes(name));
  const rest = from.count / to.count;
  if (open < 0 ? rest !== 1 || names.length > 0 : names.length > 1 || (names.length === 1 && rest !== 1))
    refuse('Reshape', [x], `it does not hold as many elements as [${target.join(', ')}]`);
  if (!Number.isInteger(rest)) refuse('Reshape', [x], `[${target.join(', ')}] does not divide its elements`);
  return open < 0 ? sizes : sizes.with(open, names[0] ?? rest);
}

function factors(shape: Shape): { count: number; names: string[] } {
  const numbers = shape.filter((size): size is number => typeof size === 'number');
  const names = shape.filter((size): size is string => typeof size === 'string');
  return { count: numbers.reduce((product, size) => product * size, 1), names };
}

const transpose = operator(
  'Transpose',
  ([x], { perm }) => {
    const order =
      (perm as readonly number[] | undefined) ?? x!.shape.map((_, axis) => x!.shape.length - 1 - axis);
    if ([...order].sort((a, b) => a - b).some((axis, i) => axis !== i) || order.length !== x!.shape.length)
      refuse('Transpose', [x], `[${order.join(', ')}] does not order its axes`);
    return [{ dtype: x!.dtype, shape: order.map((axis) => x!.shape[axis]) }];
  },
  { perm: 'ints' },
);

const slice = operator('Slice', ([x, starts, ends, axes, steps]) => {
  const read = (value: Value) => readIntegers('Slice', value);
  const from = read(starts!);
  const named = axes ? normaliseAxes('Slice', x!, read(axes)) : from.map((_, axis) => axis);
  const [to, by] = [read(ends!), steps ? read(steps) : from.map(() => 1)];
  const shape = [...x!.shape];
  named.forEach((axis, i) => {
    const size = shape[axis];
    if (typeof size !== 'number') refuse('Slice', [x], `the size "${size}" has to be known to cut it`);
    shape[axis] = slicedSize(size, from[i], to[i], by[i]);
  });
  return [{ dtype: x!.dtype, shape }];
});

function slicedSize(size: number, start: number, end: number, step: number): number {
  const clamp = (at: number, low: number, high: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, low), high);
  return step > 0
    ? Math.max(0, Math.ceil((clamp(end, 0, size) - clamp(start, 0, size)) / step))
    : Math.max(0, Math.ceil((clamp(end, -1, size - 1) - clamp(start, 0, size - 1)) / step));
}

const concat = operator(
  'Concat',
  (inputs, { axis }) => {
    const [first, ...others] = inputs as readonly Value[];
    const [at] = normaliseAxes('Concat', first, [axis as number]);
    const isAlike = (value: Value) =>
      value.dtype === first.dtype && sameShape(value.shape.with(at, 0), first.shape.with(at, 0));
    if (!others.every((value) => value.shape.length === first.shape.length && isAlike(value)))
      refuse('Concat', inputs, `they may differ along axis ${at} only`);
    const sizes = (inputs as readonly Value[]).map((value) => value.shape[at]);
    if (sizes.some((size) => typeof size === 'string'))
      refuse('Concat', inputs, 'the sizes that are joined have to be known');
    return [
      {
        dtype: first.dtype,
        shape: first.shape.with(
          at,
          (sizes as number[]).reduce((sum, size) => sum + size),
        ),
      },
    ];
  },
  { axis: 'int' },
);

const pad = operator(
  'Pad',
  ([x, pads]) => {
    const amounts = readIntegers('Pad', pads!);
    const rank = x!.shape.length;
    if (amounts.length !== 2 * rank)
      refuse('Pad', [x], `${amounts.length} amounts are not two for each axis`);
    const shape = x!.shape.map((size, axis) => {
      const added = amounts[axis] + amounts[axis + rank];
      if (added === 0) return size;
      if (typeof size !== 'number') refuse('Pad', [x], `the size "${size}" has to be known here`);
      return size + added >= 0 ? size + added : refuse('Pad', [x], `axis ${axis} would have ${size + added}`);
    });
    return [{ dtype: x!.dtype, shape }];
  },
  { mode: 'string' },
);

const isInteger = (value: Value) => value.dtype === 'int64' || value.dtype === 'int32';

const gather = operator(
  'Gather',
  ([x, indices], { axis = 0 }) => {
    if (!isInteger(indices!)) refuse('Gather', [x, indices], 'the places have to be integers');
    const [at] = normaliseAxes('Gather', x!, [axis as number]);
    return [
      { dtype: x!.dtype, shape: [...x!.shape.slice(0, at), ...indices!.shape, ...x!.shape.slice(at + 1)] },
    ];
  },
  { axis: 'int' },
);

const gatherElements = operator(
  'GatherElements',
  ([x, indices]) => {
    requirePlaces('GatherElements', x!, indices!);
    return [{ dtype: x!.dtype, shape: indices!.shape }];
  },
  { axis: 'int' },
);

const scatterElements = operator(
  'ScatterElements',
  ([x, indices, updates]) => {
    requirePlaces('ScatterElements', x!, indices!);
    if (!sameShape(indices!.shape, updates!.shape))
      refuse('ScatterElements', [x, indices, updates], 'each place needs one update');
    return [{ dtype: x!.dtype, shape: x!.shape }];
  },
  { axis: 'int', reduction: 'string' },
);

function requirePlaces(operatorName: string, x: Value, indices: Value): void {
  if (!isInteger(indices)) refuse(operatorName, [x, indices], 'the places have to be integers');
  if (indices.shape.length !== x.shape.length)
    refuse(operatorName, [x, indices], 'the places need as many axes');
}

const scatterND = operator('ScatterND', ([x]) => [{ dtype: x!.dtype, shape: x!.shape }], {
  reduction: 'string',
});

const expand = operator('Expand', ([x, target]) => {
  const sizes = readIntegers('Expand', target!);
  const shape =
    broadcast(x!.shape, sizes) ?? refuse('Expand', [x], `it cannot be stretched to [${sizes.join(', ')}]`);
  return [{ dtype: x!.dtype, shape }];
});

const unsqueeze = operator('Unsqueeze', ([x, axes]) => {
  const listed = readIntegers('Unsqueeze', axes!);
  const rank = x!.shape.length + listed.length;
  const at = listed.map((axis) => (axis < 0 ? axis + rank : axis));
  const outside = listed.find((_, i) => at[i] < 0 || at[i] >= rank);
  if (outside !== undefined)
    refuse('Unsqueeze', [x], `axis ${outside} is outside the ${rank} axes of the result`);
  if (new Set(at).size !== at.length) refuse('Unsqueeze', [x], `[${listed.join(', ')}] names an axis twice`);
  const shape: Size[] = [...x!.shape];
  for (const axis of [...at].sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return [{ dtype: x!.dtype, shape }];
});

const squeeze = operator('Squeeze', ([x, axes]) => {
  const at = axes
    ? normaliseAxes('Squeeze', x!, readIntegers('Squeeze', axes))
    : x!.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (at.some((axis) => x!.shape[axis] !== 1))
    refuse('Squeeze', [x], `an axis of [${at.join(', ')}] is not of size 1`);
  return [{ dtype: x!.dtype, shape: x!.shape.filter((_, axis) => !at.includes(axis)) }];
});

const flatten = operator(
  'Flatten',
  ([x], { axis = 1 }) => {
    const join = (sizes: Shape): Size => {
      const { count, names } = factors(sizes);
      if (names.length === 0) return count;
      if (names.length === 1 && count === 1) return names[0];
      return refuse('Flatten', [x], 'sizes that are joined have to be known');
    };
    const at = axis as number;
    return [{ dtype: x!.dtype, shape: [join(x!.shape.slice(0, at)), join(x!.shape.slice(at))] }];
  },
  { axis: 'int' },
);

const split = operator(
  'Split',
  ([x, lengths], { axis = 0 }) => {
    const [at] = normaliseAxes('Split', x!, [axis as number]);
    if (!lengths) refuse('Split', [x], 'the lengths of the parts have to be given');
    const parts = readIntegers('Split', lengths);
    if (parts.reduce((sum, part) => sum + part, 0) !== x!.shape[at])
      refuse('Split', [x], `[${parts.join(', ')}] do not add up to axis ${at}`);
    return parts.map((part) => ({ dtype: x!.dtype, shape: x!.shape.with(at, part) }));
  },
  { axis: 'int' },
);

export const movementOperators: readonly Operator[] = [
  ...[reshape, transpose, slice, concat, pad, gather, gatherElements, scatterElements, scatterND],
  ...[expand, unsqueeze, squeeze, flatten, split],
];

/** The same elements in another shape; 0 takes a size over, one -1 takes what is left. */
export const Reshape = (x: Value, shape: readonly number[]) => applyOne(reshape, [x, integers(shape)]);
/** Order the axes anew (backwards, if left out). */
export const Transpose = (x: Value, perm?: readonly number[]) => applyOne(transpose, [x], { perm });

export interface SliceOptions {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The first ones, if left out. */
  readonly axes?: readonly number[];
  readonly steps?: readonly number[];
}

/** Cut a part out; negative places count from the end. */
export const Slice = (x: Value, { starts, ends, axes, steps }: SliceOptions) =>
  applyOne(slice, [x, integers(starts), integers(ends), axes && integers(axes), steps && integers(steps)]);
/** Join along an axis. */
export const Concat = (values: readonly Value[], axis: number) => applyOne(concat, values, { axis });
/** Add elements around: amounts before each axis, then amounts behind each; zeros unless a value is given. */
export const Pad = (
  x: Value,
  pads: readonly number[],
  value?: Value,
  mode?: 'constant' | 'reflect' | 'edge',
) => applyOne(pad, [x, integers(pads), value], { mode });
/** Take entries along an axis by their places. */
export const Gather = (x: Value, indices: Value, axis = 0) => applyOne(gather, [x, indices], { axis });
/** Take along an axis, elsewhere at the element's own place. */
export const GatherElements = (x: Value, indices: Value, axis = 0) =>
  applyOne(gatherElements, [x, indices], { axis });
/** Put updates at places along an axis; `add` sums where places coincide. */
export const ScatterElements = (
  ...[x, indices, updates, options = {}]: [
    x: Value,
    indices: Value,
    updates: Value,
    options?: { axis?: number; reduction?: 'none' | 'add' },
  ]
) =>
  applyOne(scatterElements, [x, indices, updates], { axis: options.axis ?? 0, reduction: options.reduction });
/** Put updates at places given by the last axis of indices. */
export const ScatterND = (x: Value, indices: Value, updates: Value, reduction?: 'none' | 'add') =>
  applyOne(scatterND, [x, indices, updates], { reduction });
/** Stretch axes of size 1. */
export const Expand = (x: Value, shape: readonly number[]) => applyOne(expand, [x, integers(shape)]);
/** Put in axes of size 1; places count in the result. */
export const Unsqueeze = (x: Value, axes: readonly number[]) => applyOne(unsqueeze, [x, integers(axes)]);
/** Take out axes of size 1 (all of them, if left out). */
export const Squeeze = (x: Value, axes?: readonly number[]) => applyOne(squeeze, [x, axes && integers(axes)]);
/** A matrix: the axes before `axis` are its rows. */
export const Flatten = (x: Value, axis = 1) => applyOne(flatten, [x], { axis });
/** Cut into parts of the given lengths along an axis. */
export const Split = (x: Value, lengths: readonly number[], axis = 0) =>
  apply(split, [x, integers(lengths)], { axis });
