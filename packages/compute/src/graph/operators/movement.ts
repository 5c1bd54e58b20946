// Operators that order, cut and join elements.

import { apply, applyOne, operator, type Operator } from '../operator.js';
import { normaliseAxes, readIntegers, refuse, sameShape } from '../shape.js';
import { integers, type Value } from '../value.js';

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

export const movementOperators: readonly Operator[] = [transpose, slice, concat, pad, split];

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
/** Cut into parts of the given lengths along an axis. */
export const Split = (x: Value, lengths: readonly number[], axis = 0) =>
  apply(split, [x, integers(lengths)], { axis });
