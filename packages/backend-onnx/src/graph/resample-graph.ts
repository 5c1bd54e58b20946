// Resampling as a graph: the arithmetic of `images/filters.ts` and `images/resample.ts` in float64, for images whose size is
// known when run only. Weights are whole numbers of 2^-22 there and here, so that sums are exact and the bytes are the same.

import { applyOne, constant, onnx, operator, scalar, type Value } from '@striate/compute';
import { PRECISION_BITS, type Interpolation } from '../images/filters.js';

const CUBIC_A = -0.5;
const UNIT = 2 ** PRECISION_BITS;

const like: { dtype: 'float64'; shape: [] } = { dtype: 'float64', shape: [] };
/** A number in the graph. */
export const number64 = (value: number): Value => scalar(value, like);

const plus = (x: Value, value: number) => onnx.Add(x, number64(value));
const times = (x: Value, value: number) => onnx.Mul(x, number64(value));

interface GraphFilter {
  readonly support: number;
  /** @param x Distances, in pixels of the smaller image. */
  weigh(x: Value): Value;
}

const GRAPH_FILTERS: Readonly<Record<Exclude<Interpolation, 'nearest'>, GraphFilter>> = {
  bilinear: {
    support: 1,
    weigh: (x) => onnx.Max(number64(0), onnx.Sub(number64(1), onnx.Abs(x))),
  },
  bicubic: { support: 2, weigh: (x) => weighCubic(onnx.Abs(x)) },
  lanczos: { support: 3, weigh: weighLanczos },
};

function weighCubic(x: Value): Value {
  const near = plus(onnx.Mul(onnx.Mul(plus(times(x, CUBIC_A + 2), -(CUBIC_A + 3)), x), x), 1);
  const far = times(plus(onnx.Mul(plus(onnx.Mul(plus(x, -5), x), 8), x), -4), CUBIC_A);
  const outer = onnx.Where(onnx.Less(x, number64(2)), far, number64(0));
  return onnx.Where(onnx.Less(x, number64(1)), near, outer);
}

function weighLanczos(x: Value): Value {
  const isInside = onnx.And(onnx.GreaterOrEqual(x, number64(-3)), onnx.Less(x, number64(3)));
  return onnx.Where(isInside, onnx.Mul(sinc(x), sinc(onnx.Div(x, number64(3)))), number64(0));
}

function sinc(x: Value): Value {
  const isMiddle = onnx.Equal(x, number64(0));
  const angle = times(x, Math.PI);
  const safe = onnx.Where(isMiddle, number64(1), angle);
  return onnx.Where(isMiddle, number64(1), onnx.Div(onnx.Sin(safe), safe));
}

/** One axis of an image: how many pixels there are, and which of the result are wanted. All scalars are float64. */
export interface GraphAxis {
  /** Name of the size of the source. */
  readonly name: string;
  readonly from: Value;
  readonly to: Value;
  /** First pixel of the result that is wanted. */
  readonly start: Value;
  readonly wanted: number;
}

/** [wanted, source]: the weight of each source pixel in each wanted pixel, in units of 2^-22. */
export function axisWeights(
  interpolation: Exclude<Interpolation, 'nearest'>,
  { name, from, to, start, wanted }: GraphAxis,
): Value {
  const filter = GRAPH_FILTERS[interpolation];
  const scale = onnx.Div(from, to);
  const stretch = onnx.Max(number64(1), scale);
  const reach = times(stretch, filter.support);
  const pixels = constant(
    'float64',
    [wanted, 1],
    Float64Array.from({ length: wanted }, (_, i) => i),
  );
  const centre = onnx.Mul(plus(onnx.Add(start, pixels), 0.5), scale);
  const first = onnx.Max(number64(0), onnx.Floor(plus(onnx.Sub(centre, reach), 0.5)));
  const end = onnx.Min(from, onnx.Floor(plus(onnx.Add(centre, reach), 0.5)));
  const source = countUp(name, from);
  const isRead = onnx.And(onnx.GreaterOrEqual(source, first), onnx.Less(source, end));
  const distance = onnx.Mul(plus(onnx.Sub(source, centre), 0.5), onnx.Div(number64(1), stretch));
  const weights = onnx.Where(isRead, filter.weigh(distance), number64(0));
  const share = onnx.Div(weights, onnx.ReduceSum(weights, { axes: [1], keepdims: true }));
  return onnx.Mul(onnx.Sign(share), onnx.Floor(plus(times(onnx.Abs(share), UNIT), 0.5)));
}

/** 0, 1, ... below a number that is known when run only. */
function countUp(name: string, end: Value): Value {
  const range = operator('Range', () => [{ dtype: 'float64', shape: [name] }]);
  return applyOne(range, [number64(0), end, number64(1)]);
}

/** Weighted sums of bytes as bytes again: rounded, and clipped where they overshoot. */
export function toBytes(sums: Value): Value {
  const rounded = onnx.Floor(times(plus(sums, UNIT / 2), 1 / UNIT));
  return onnx.Clip(rounded, number64(0), number64(255));
}
