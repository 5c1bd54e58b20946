// Gradients of operators that read images between pixels.

import { interpolate } from '../../graph/interpolation.js';
import { Add, Cast, MatMul, Mul, Pad, Reshape, Slice, Transpose } from '../../graph/operators/index.js';
import { staticShape } from '../../graph/shape.js';
import { constant, scalar, type Value } from '../../graph/value.js';
import { ruleOfFormula, ruleOfOne, type Rules } from '../rule.js';

/** So many zeros around an image, and no place outside of it has a value or a slope. */
const BORDER = 2;

function gridSample(x: Value, grid: Value, isAligned: boolean): Value {
  const [batch, , height, width] = staticShape('GridSample', x);
  const [, ...places] = staticShape('GridSample', grid).slice(0, 3);
  const pixelsAlong = (axis: number, size: number) => {
    const coordinate = Slice(grid, { starts: [axis], ends: [axis + 1], axes: [3] });
    const scale = (isAligned ? size - 1 : size) / 2;
    const pixels = Add(Mul(coordinate, scalar(scale, grid)), scalar((size - 1) / 2 + BORDER, grid));
    return Reshape(pixels, [batch, 1, -1]);
  };
  const bordered = Pad(x, [0, 0, BORDER, BORDER, 0, 0, BORDER, BORDER]);
  const read = interpolate(bordered, pixelsAlong(0, width), pixelsAlong(1, height));
  return Reshape(read, [0, 0, ...places]);
}

/** Linear in theta: grid = base theta', with base the pixels' own places. */
function affineBase([height, width]: readonly number[], isAligned: boolean): Float64Array {
  const place = (i: number, size: number) => (2 * i + 1 - size) / (isAligned ? size - 1 : size);
  const base = Array.from({ length: height * width }, (_, i) => [
    ...[place(i % width, width), place(Math.floor(i / width), height)],
    1,
  ]);
  return Float64Array.from(base.flat());
}

export const samplingRules: Rules = {
  GridSample: ruleOfFormula(([x, grid], { align_corners }) => gridSample(x, grid, align_corners === 1)),
  AffineGrid: ruleOfOne((g, [theta], _, { align_corners }) => {
    const [batch, height, width] = staticShape('AffineGrid', g);
    const places = height * width;
    const base = constant('float64', [places, 3], affineBase([height, width], align_corners === 1));
    const rows = Transpose(Reshape(g, [batch, places, 2]), [0, 2, 1]);
    return [MatMul(rows, Cast(base, theta.dtype))];
  }),
};
