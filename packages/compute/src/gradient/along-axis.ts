// Linear maps that work along each axis for itself, such as averages over windows and interpolation. What such a map
// makes of the rows of the identity is its matrix, and the gradient a product with it: on feature maps, several times
// as fast as a convolution that does the same.

import { MatMul, Reshape, Transpose } from '../graph/operators/index.js';
import { staticShape } from '../graph/shape.js';
import { constantLike, type Value } from '../graph/value.js';

/** A linear map along one axis. */
export interface AxisMap {
  readonly axis: number;
  /** Size of the axis before the map. */
  readonly nFrom: number;
  /** Apply it to rows, [1, n from, n from], along the last axis. */
  apply(rows: Value): Value;
}

/** The gradient of what a map was applied to, from that of what came out. */
export function pullBackAlong({ axis, nFrom, apply }: AxisMap, g: Value): Value {
  const shape = staticShape('a gradient', g);
  const nTo = shape[axis];
  const behind = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const matrix = Reshape(apply(Reshape(identity(nFrom, g), [1, nFrom, nFrom])), [nFrom, nTo]);
  const product =
    behind === 1
      ? MatMul(Reshape(g, [-1, nTo]), Transpose(matrix))
      : MatMul(matrix, Reshape(g, [-1, nTo, behind]));
  return Reshape(product, shape.with(axis, nFrom));
}

/** Ones on the diagonal. */
export function identity(size: number, like: Value): Value {
  const values = Float64Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0));
  return constantLike(like, [size, size], values);
}
