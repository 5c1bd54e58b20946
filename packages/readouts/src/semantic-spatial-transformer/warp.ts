// Planes moved by affine transforms.

import { constantLike, interpolate, onnx, staticShape, type Value } from '@striate/compute';

/** Points that are read at once: their coordinates, cells and values then stay in the processor's cache. */
const POINTS_AT_ONCE = 1 << 19;

/**
 * Warp planes: what stands at p afterwards stood at A p. Bilinear, zeros outside, -1 and 1 being the edges of a plane.
 *
 * @param planes [plane, height, width].
 * @param departures A - 1, [plane, copy, 2, 3]: each plane is warped in several ways. Taken without the identity, since a
 *   small move keeps digits then that A p would lose.
 * @returns [plane, copy, height * width].
 */
export function warp(planes: Value, departures: Value): Value {
  const [nPlanes, height, width] = staticShape('warp', planes);
  const [, copies] = staticShape('warp', departures);
  const perBlock = Math.max(1, Math.floor(POINTS_AT_ONCE / (copies * height * width)));
  const blocks = Array.from({ length: Math.ceil(nPlanes / perBlock) }, (_, block) =>
    Math.min(perBlock, nPlanes - block * perBlock),
  );
  const departuresOf = onnx.Split(departures, blocks);
  const warped = onnx.Split(planes, blocks).map((part, i) => warpBlock(part, departuresOf[i]));
  return onnx.Concat(warped, 0);
}

function warpBlock(planes: Value, departures: Value): Value {
  const [nPlanes, height, width] = staticShape('warp', planes);
  const [, copies] = staticShape('warp', departures);
  const pixels = Array.from({ length: height * width }, (_, i) => ({
    column: i % width,
    row: Math.floor(i / width),
  }));
  const normal = constantLike(planes, [3, pixels.length], normalPlaces(pixels, { height, width }));
  const inPixels = constantLike(planes, [2, 1], [width / 2, height / 2]);
  const [byX, byY] = onnx.Split(onnx.Mul(departures, inPixels), [1, 1], 2).map((row) => {
    const moves = onnx.MatMul(onnx.Reshape(row, [nPlanes * copies, 3]), normal);
    return onnx.Reshape(moves, [nPlanes, 1, copies * pixels.length]);
  });
  const fromEach = (axis: 'column' | 'row') => {
    const copied = Array.from({ length: copies }, () => pixels.map((pixel) => pixel[axis])).flat();
    return constantLike(planes, [copied.length], copied);
  };
  const x = { from: fromEach('column'), by: byX };
  const y = { from: fromEach('row'), by: byY };
  const read = interpolate(onnx.Unsqueeze(planes, [1]), x, y);
  return onnx.Reshape(read, [nPlanes, copies, pixels.length]);
}

/** x, y and 1 of each pixel, [3, pixel]. */
function normalPlaces(
  pixels: readonly { readonly column: number; readonly row: number }[],
  { height, width }: { readonly height: number; readonly width: number },
): readonly number[] {
  const xs = pixels.map(({ column }) => (2 * column + 1) / width - 1);
  const ys = pixels.map(({ row }) => (2 * row + 1) / height - 1);
  return [...xs, ...ys, ...pixels.map(() => 1)];
}
