// Operators that give the same elements, in the same order, another shape.

import { applyOne, operator, type Operator } from '../operator.js';
import { broadcast, normaliseAxes, readIntegers, refuse } from '../shape.js';
import { integers, type Shape, type Size, type Value } from '../value.js';

const reshape = operator(
  'Reshape',
  ([x, target], { allowzero }) => {
    const sizes = readIntegers('Reshape', target!);
    if (allowzero === 1 && sizes.includes(0)) refuse('Reshape', [x], 'a size of 0 ("allowzero") is not read');
    return [{ dtype: x!.dtype, shape: reshaped(x!, sizes) }];
  },
  { allowzero: 'int' },
);

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

export const reshapingOperators: readonly Operator[] = [reshape, expand, unsqueeze, squeeze, flatten];

/** The same elements in another shape; 0 takes a size over, one -1 takes what is left. */
export const Reshape = (x: Value, shape: readonly number[]) => applyOne(reshape, [x, integers(shape)]);
/** Stretch axes of size 1. */
export const Expand = (x: Value, shape: readonly number[]) => applyOne(expand, [x, integers(shape)]);
/** Put in axes of size 1; places count in the result. */
export const Unsqueeze = (x: Value, axes: readonly number[]) => applyOne(unsqueeze, [x, integers(axes)]);
/** Take out axes of size 1 (all of them, if left out). */
export const Squeeze = (x: Value, axes?: readonly number[]) => applyOne(squeeze, [x, axes && integers(axes)]);
/** A matrix: the axes before `axis` are its rows. */
export const Flatten = (x: Value, axis = 1) => applyOne(flatten, [x], { axis });
