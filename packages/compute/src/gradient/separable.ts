// Linear maps that work along one axis after the other, such as averages over windows and interpolation. Their adjoint
// is a product of matrices per axis: on feature maps, several times as fast as convolutions that do the same.

import { MatMul, Reshape } from '../graph/operators/index.js';
import { staticShape } from '../graph/shape.js';
import { constantLike, type Value } from '../graph/value.js';

/** Weights [to, from] of a map along an axis: y[to] = sum of weights[to][from] x[from]. */
export interface AxisMap {
  readonly axis: number;
  readonly nTo: number;
  readonly nFrom: number;
  /** Row by row. */
  readonly weights: Float64Array;
}

/** The gradient of what maps were applied to, from that of what they returned. */
export function pullBackThrough(maps: readonly AxisMap[], g: Value): Value {
  return maps.reduce((gradient, map) => pullBackAlong(map, gradient), g);
}

function pullBackAlong({ axis, nTo, nFrom, weights }: AxisMap, g: Value): Value {
  const shape = staticShape('a gradient', g);
  const behind = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const product =
    behind === 1
      ? MatMul(Reshape(g, [-1, nTo]), constantLike(g, [nTo, nFrom], weights))
      : MatMul(constantLike(g, [nFrom, nTo], transposed(weights, nTo, nFrom)), Reshape(g, [-1, nTo, behind]));
  return Reshape(product, shape.with(axis, nFrom));
}

function transposed(weights: Float64Array, nRows: number, nColumns: number): Float64Array {
  return weights.map((_, i) => weights[(i % nRows) * nColumns + Math.floor(i / nRows)]);
}
