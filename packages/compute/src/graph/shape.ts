// Sizes: broadcasting, axes, counting. A size that is known when run only is a name, and equals itself alone.

import { graphMalformed } from '@striate/contracts';
import type { Shape, Size, Value, ValueType } from './value.js';

/** `float32[batch, 3, 8]`, for messages. */
export function showType({ dtype, shape }: ValueType): string {
  return `${dtype}[${shape.join(', ')}]`;
}

/**
 * Stop building: the operator cannot take these inputs.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` with the types of all inputs.
 */
export function refuse(operator: string, inputs: readonly (ValueType | undefined)[], reason: string): never {
  const types = inputs.map((value) => (value ? showType(value) : 'nothing')).join(', ');
  throw graphMalformed({ operator, inputs: types, reason });
}

/**
 * The shape of an elementwise result: sizes aligned at the end, 1 stretched (numpy's rule).
 *
 * @returns `undefined` where two sizes differ and neither is 1.
 */
export function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: Size[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

/** Axes counted from the front; negative ones count from the end. */
export function normaliseAxes(
  operator: string,
  value: ValueType,
  axes: readonly number[],
): readonly number[] {
  const rank = value.shape.length;
  return axes.map((axis) => {
    const normal = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(axis) || normal < 0 || normal >= rank)
      refuse(operator, [value], `axis ${axis} is outside ${rank} axes`);
    return normal;
  });
}

/**
 * Sizes that have to be known when the graph is built.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if one is a name.
 */
export function staticShape(what: string, value: ValueType): readonly number[] {
  return value.shape.map((size) =>
    typeof size === 'number' ? size : refuse(what, [value], `the size "${size}" has to be known here`),
  );
}

/** Number of elements; all sizes known. */
export function countOf(what: string, value: ValueType): number {
  return staticShape(what, value).reduce((count, size) => count * size, 1);
}

/**
 * Numbers that the graph holds as a constant.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if they are computed when run.
 */
export function readNumbers(operator: string, value: Value): readonly number[] {
  if (value.origin.kind !== 'constant')
    refuse(operator, [value], 'this input has to be a constant of the graph');
  return Array.from(value.origin.data, Number);
}

/** The same for the target of a Reshape, the axes of a reduction, places. */
export const readIntegers = readNumbers;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);
