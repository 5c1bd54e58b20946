// Features as maps: their sizes, and that they are those that a readout was fitted on.

import { asMapShape, shapeMismatch, type FeatureRows, type MapShape } from '@striate/contracts';

/**
 * Sizes of a map; a vector is a map of one pixel.
 *
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` for rows that are neither.
 */
export function mapShapeOf(what: string, { rowAxes, rowShape }: FeatureRows): MapShape {
  if (rowShape.length === 1 || (rowShape.length === 3 && rowAxes.at(-1) === 'width'))
    return asMapShape(rowShape);
  const actual = `[${rowAxes.map((axis, i) => `${axis} ${rowShape[i]}`).join(', ')}]`;
  throw shapeMismatch({ what, expected: 'maps [channel, height, width], or vectors', actual });
}

/**
 * Stop at features of another layer than a readout was fitted on.
 *
 * @param readout Its id, for messages.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH`.
 */
export function requireFittedShape(readout: string, expected: MapShape, features: FeatureRows): void {
  const actual = mapShapeOf(`Features for ${readout}`, features);
  if (expected.every((size, axis) => size === actual[axis])) return;
  throw shapeMismatch({
    what: `Features for a fitted ${readout} readout`,
    expected: `[${expected.join(', ')}] per stimulus, as in training`,
    actual: `[${actual.join(', ')}]`,
    hint: 'Predict with the layer that the readout was fitted on.',
  });
}
