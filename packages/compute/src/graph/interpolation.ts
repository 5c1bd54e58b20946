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
  Pad,
  Reshape,
  Slice,
  Sub,
} from './operators/index.js';
import { sameShape, staticShape } from './shape.js';
import { scalar, type Value } from './value.js';

/** So many zeros around a plane, and no place outside of it has a value or a slope. */
const BORDER = 2;

/**
 * Places along one axis, `from + by`: kept apart, a place near its pixel is known to more digits than float32 has for the
 * sum.
 */
export interface Places {
  /** Pixels: whole numbers, 0 being the first; one, or one for each place. */
  readonly from: Value;
  /** How far from there, in pixels: [batch, channel or 1, place]. */
  readonly by: Value;
}

/**
 * Read planes between their pixels, zeros outside:
 *
 *     v(x, y) = a + b fx + (c + d fx) fy      fx = x - floor x, fy = y - floor y
 *
 * with a, b, c and d made of the four pixels around, the cell.
 *
 * @param planes [batch, channel, height, width], fewer than 2^24 pixels each.
 * @param x Columns.
 * @param y Rows.
 * @returns [batch, channel, place]; NaN where the place is NaN.
 */
export function interpolate(planes: Value, x: Places, y: Places): Value {
  const [batch, channels, height, width] = staticShape('interpolate', planes);
  const [, , places] = staticShape('interpolate', x.by);
  const nCells = [height, width].map((size) => size + 2 * BORDER - 1);
  const [row, column] = [cellAlong(y, nCells[0]), cellAlong(x, nCells[1])];
  const cell = Cast(Add(Mul(row.index, scalar(nCells[1], y.by)), column.index), 'int32');
  // NaN is no place; kept from reading elsewhere, it stays NaN by its distance from the cell.
  const safe = Clip(cell, integer(0), integer(nCells[0] * nCells[1] - 1));
  const everywhere = stretched(safe, [batch, channels, places]);
  const [a, b, c, d] = cellsOf(planes).map((plane) => GatherElements(plane, everywhere, 2));
  return Add(Add(a, Mul(column.distance, b)), Mul(row.distance, Add(c, Mul(column.distance, d))));
}

const integer = (value: number) => scalar(value, { dtype: 'int32', shape: [] });

function cellAlong({ from, by }: Places, count: number): { index: Value; distance: Value } {
  const whole = Floor(by);
  const place = Add(whole, Add(from, scalar(BORDER, from)));
  return { index: Clip(place, scalar(0, by), scalar(count - 1, by)), distance: Sub(by, whole) };
}

function stretched(x: Value, shape: readonly number[]): Value {
  return sameShape(x.shape, shape) ? x : Expand(x, shape);
}

/** a, b, c and d of each cell of four pixels, those of the border among them, [batch, channel, cell]. */
function cellsOf(planes: Value): readonly Value[] {
  const bordered = Pad(planes, [0, 0, BORDER, BORDER, 0, 0, BORDER, BORDER]);
  const [, , height, width] = staticShape('interpolate', bordered);
  const from = (top: number, left: number) =>
    Slice(bordered, { starts: [top, left], ends: [top + height - 1, left + width - 1], axes: [2, 3] });
  const [a, right, below, across] = [from(0, 0), from(0, 1), from(1, 0), from(1, 1)];
  const b = Sub(right, a);
  return [a, b, Sub(below, a), Sub(Sub(across, below), b)].map((plane) => Reshape(plane, [0, 0, -1]));
}
