// The four pixels around a point, and each one's share in its bilinear value.

import { constantLike, onnx, scalar, staticShape, type Value } from '@striate/compute';

export interface Corners {
  /** [voxel, 4 batch], int32: places in the list of all pixels of all images; corner by corner, in each image by image. */
  readonly pixels: Value;
  /** [voxel, 4 batch]: 0 for a pixel outside. */
  readonly shares: Value;
}

/**
 * Find the pixels around points.
 *
 * @param places [batch, voxel, 2]: (x, y), -1 and 1 being the middles of the outermost pixels.
 */
export function cornersOf(places: Value, [height, width]: readonly [number, number]): Corners {
  const [batch, voxels] = staticShape('cornersOf', places);
  const [x, y] = onnx.Split(places, [1, 1], 2).map((axis) => onnx.Reshape(axis, [batch, voxels]));
  const [columns, rows] = [neighbours(x, width), neighbours(y, height)];
  const corners = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const images = constantLike(
    places,
    [batch, 1],
    Array.from({ length: batch }, (_, image) => image * height * width),
  );
  const pixelOf = ({ row, column }: (typeof corners)[number]) =>
    onnx.Add(images, onnx.Add(onnx.Mul(row.place, scalar(width, places)), column.place));
  const byVoxel = (parts: readonly Value[]) => onnx.Transpose(onnx.Concat(parts, 0));
  return {
    pixels: onnx.Cast(byVoxel(corners.map(pixelOf)), 'int32'),
    shares: byVoxel(corners.map(({ row, column }) => onnx.Mul(row.share, column.share))),
  };
}

interface Neighbour {
  readonly place: Value;
  readonly share: Value;
}

/** The pixels before and behind, along one axis. */
function neighbours(coordinate: Value, size: number): readonly Neighbour[] {
  const number = (value: number) => scalar(value, coordinate);
  const at = onnx.Mul(onnx.Add(coordinate, number(1)), number((size - 1) / 2));
  const before = onnx.Floor(at);
  const fraction = onnx.Sub(at, before);
  const within = (place: Value, share: Value): Neighbour => {
    const isInside = onnx.And(
      onnx.GreaterOrEqual(place, number(0)),
      onnx.LessOrEqual(place, number(size - 1)),
    );
    // A product, not a choice: the share of a place that is NaN stays NaN.
    return {
      place: onnx.Where(isInside, place, number(0)),
      share: onnx.Mul(share, onnx.Cast(isInside, coordinate.dtype)),
    };
  };
  return [within(before, onnx.Sub(number(1), fraction)), within(onnx.Add(before, number(1)), fraction)];
}
