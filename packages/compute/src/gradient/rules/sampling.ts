// Gradients of operators that read images between pixels.

import { interpolate } from '../../graph/interpolation.js';
import { Add, MatMul, Mul, Reshape, Slice, Transpose } from '../../graph/operators/index.js';
import { staticShape } from '../../graph/shape.js';
import { constantLike, scalar, type Value } from '../../graph/value.js';
import { ruleOfFormula, ruleOfOne, type Rules } from '../rule.js';

function gridSample(x: Value, grid: Value, isAligned: boolean): Value {
  const [batch, , height, width] = staticShape('GridSample', x);
  const [, ...places] = staticShape('GridSample', grid).slice(0, 3);
  const along = (axis: number, size: number) => {
    const coordinate = Slice(grid, { starts: [axis], ends: [axis + 1], axes: [3] });
    const middle = Math.floor((size - 1) / 2);
    const scale = (isAligned ? size - 1 : size) / 2;
    const by = Add(Mul(coordinate, scalar(scale, grid)), scalar((size - 1) / 2 - middle, grid));
    return { from: scalar(middle, grid), by: Reshape(by, [batch, 1, -1]) };
  };
  return Reshape(interpolate(x, along(0, width), along(1, height)), [0, 0, ...places]);
}

/** x, y and 1 of each pixel, [pixel, 3]. */
function affineBase([height, width]: readonly number[], isAligned: boolean): readonly number[] {
  const place = (i: number, size: number) => (2 * i + 1 - size) / (isAligned ? size - 1 : size);
  const pixels = Array.from({ length: height * width }, (_, i) => [
    ...[place(i % width, width), place(Math.floor(i / width), height)],
    1,
  ]);
  return pixels.flat();
}

export const samplingRules: Rules = {
  GridSample: ruleOfFormula(([x, grid], { align_corners }) => gridSample(x, grid, align_corners === 1)),
  /** Linear in theta: grid = base theta'. */
  AffineGrid: ruleOfOne((g, [theta], _, { align_corners }) => {
    const [batch, height, width] = staticShape('AffineGrid', g);
    const places = height * width;
    const base = constantLike(theta, [places, 3], affineBase([height, width], align_corners === 1));
    return [MatMul(Transpose(Reshape(g, [batch, places, 2]), [0, 2, 1]), base)];
  }),
};
