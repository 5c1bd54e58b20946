// Bilinear reading of planes as a formula of simple operators: for GridSample's gradient, and in its stead where planes
// are many and have one channel each, which ONNX Runtime's GridSample reads one by one on one thread.

import {
  Add,
  Cast,
  Clip,
  Expand,
  Floor,
  GatherElements,
  Mul,
  Reshape,
  Slice,
  Sub,
} from './operators/index.js';
import { sameShape, staticShape } from './shape.js';
import { scalar, type Value } from './value.js';

/**
 * Read planes between their pixels:
 *
 *     v(x, y) = a + b fx + (c + d fx) fy      fx = x - column of the cell, fy = y - row of the cell
 *
 * with a, b, c and d made of the four pixels around, the cell.
 *
 * @param planes [batch, channel, height, width], at least 2 x 2 pixels and fewer than 2^24.
 * @param x [batch, channel or 1, place] in pixels, 0 being the middle of the first column.
 * @param y The same for rows.
 * @returns [batch, channel, place]. A place outside is extrapolated from the nearest cell: give the planes a border of two
 *   zeros for zeros outside.
 */
export function interpolate(planes: Value, x: Value, y: Value): Value {
  const [batch, channels, height, width] = staticShape('interpolate', planes);
  const [, , places] = staticShape('interpolate', x);
  const [column, row] = [cellAlong(x, width - 1), cellAlong(y, height - 1)];
  const [fx, fy] = [Sub(x, column), Sub(y, row)];
  const cell = Cast(Add(Mul(row, scalar(width - 1, row)), column), 'int32');
  // NaN is no place; kept from reading elsewhere, it stays NaN by its distance from the cell.
  const safe = Clip(cell, integer(0), integer((height - 1) * (width - 1) - 1));
  const everywhere = stretched(safe, [batch, channels, places]);
  const [a, b, c, d] = cellsOf(planes).map((plane) => GatherElements(plane, everywhere, 2));
  return Add(Add(a, Mul(fx, b)), Mul(fy, Add(c, Mul(fx, d))));
}

const integer = (value: number) => scalar(value, { dtype: 'int32', shape: [] });

function cellAlong(x: Value, count: number): Value {
  return Clip(Floor(x), scalar(0, x), scalar(count - 1, x));
}

function stretched(x: Value, shape: readonly number[]): Value {
  return sameShape(x.shape, shape) ? x : Expand(x, shape);
}

/** a, b, c and d of each cell of four pixels, [batch, channel, cell]. */
function cellsOf(planes: Value): readonly Value[] {
  const [, , height, width] = staticShape('interpolate', planes);
  const from = (top: number, left: number) =>
    Slice(planes, { starts: [top, left], ends: [top + height - 1, left + width - 1], axes: [2, 3] });
  const [a, right, below, across] = [from(0, 0), from(0, 1), from(1, 0), from(1, 1)];
  const b = Sub(right, a);
  return [a, b, Sub(below, a), Sub(Sub(across, below), b)].map((plane) => Reshape(plane, [0, 0, -1]));
}
