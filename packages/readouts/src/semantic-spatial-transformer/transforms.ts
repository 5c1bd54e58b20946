// What transforms do, in numbers that people can read.

import { onnx, type Value } from '@striate/compute';

/**
 * Describe affine transforms [batch, thing, 2, 3].
 *
 * @returns [batch, thing] each: `transformShift`, the length of the translation, in half widths and heights of the map;
 *   `transformScale`, the root of |det A|, above 1 where a mask shrinks (it is read at A p); `transformTurn`, the sine of the
 *   angle of the rotation that is nearest to A.
 */
export function describeTransforms(theta: Value): Readonly<Record<string, Value>> {
  const entry = (row: number, column: number) =>
    onnx.Squeeze(
      onnx.Slice(theta, { starts: [row, column], ends: [row + 1, column + 1], axes: [2, 3] }),
      [2, 3],
    );
  const [a, b, x, c, d, y] = [0, 1].flatMap((row) => [0, 1, 2].map((column) => entry(row, column)));
  const determinant = onnx.Sub(onnx.Mul(a, d), onnx.Mul(b, c));
  const [cosine, sine] = [onnx.Add(a, d), onnx.Sub(c, b)];
  return {
    transformShift: length(x, y),
    transformScale: onnx.Sqrt(onnx.Abs(determinant)),
    transformTurn: onnx.Div(sine, length(cosine, sine)),
  };
}

function length(x: Value, y: Value): Value {
  return onnx.Sqrt(onnx.Add(onnx.Mul(x, x), onnx.Mul(y, y)));
}
