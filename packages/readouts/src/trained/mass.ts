// Where the weight of a mask lies.

import { constant, onnx, scalar, type Value } from '@striate/compute';
import type { Fields } from './graph-readout.js';

/**
 * Centre of mass and standard deviation of looks.
 *
 * @param looks [voxel, n, height * width], not negative.
 * @returns [n, voxel] each, in half widths and heights of the map from its middle; pixels are as wide as the map / their
 *   number, so that the middles of the outermost stand a little inside -1 and 1. NaN for a look at nothing.
 */
export function massOf(looks: Value, [height, width]: readonly [number, number]): Fields {
  const places = height * width;
  const along = (coordinate: (place: number) => number) =>
    constant(
      'float32',
      [places, 1],
      Float32Array.from({ length: places }, (_, place) => coordinate(place)),
    );
  const [xs, ys] = [
    (place: number) => (2 * (place % width) + 1) / width - 1,
    (place: number) => (2 * Math.floor(place / width) + 1) / height - 1,
  ];
  const mass = onnx.ReduceSum(looks, { axes: [2] });
  const mean = (coordinate: (place: number) => number) =>
    onnx.Div(onnx.Squeeze(onnx.MatMul(looks, along(coordinate)), [2]), mass);
  const [x, y] = [mean(xs), mean(ys)];
  const spread = (centre: Value, coordinate: (place: number) => number) =>
    onnx.Sub(
      mean((place) => coordinate(place) ** 2),
      onnx.Mul(centre, centre),
    );
  const variance = onnx.Add(spread(x, xs), spread(y, ys));
  const half = onnx.Mul(onnx.Max(variance, scalar(0)), scalar(0.5));
  return { x: onnx.Transpose(x), y: onnx.Transpose(y), size: onnx.Transpose(onnx.Sqrt(half)) };
}
