// Operators that read images between pixels. Coordinates are (x, y), -1 and 1 being the borders of the image, or with
// `alignCorners` the centres of its outermost pixels.

import { applyOne, operator, type Attributes, type Operator } from '../operator.js';
import { readIntegers, refuse } from '../shape.js';
import { integers, type Value } from '../value.js';

const gridSample = operator(
  'GridSample',
  ([x, grid], attributes) => {
    const inputs = [x, grid];
    if (x!.dtype !== grid!.dtype) refuse('GridSample', inputs, 'the types of the elements differ');
    if (x!.shape.length !== 4) refuse('GridSample', inputs, 'images are [batch, channel, height, width]');
    if (grid!.shape.length !== 4 || grid!.shape[3] !== 2)
      refuse('GridSample', inputs, 'places are [batch, height, width, 2]');
    if (x!.shape[0] !== grid!.shape[0]) refuse('GridSample', inputs, 'the batches differ');
    requireBilinear([x, grid], attributes);
    const [batch, channels] = x!.shape;
    return [{ dtype: x!.dtype, shape: [batch, channels, ...grid!.shape.slice(1, 3)] }];
  },
  { align_corners: 'int', mode: 'string', padding_mode: 'string' },
);

function requireBilinear(
  inputs: readonly (Value | undefined)[],
  { mode = 'linear', padding_mode = 'zeros' }: Attributes,
): void {
  if (mode !== 'linear' || padding_mode !== 'zeros')
    refuse('GridSample', inputs, `mode ${String(mode)} with padding ${String(padding_mode)} is not known`);
}

const affineGrid = operator(
  'AffineGrid',
  ([theta, size], { align_corners = 0 }) => {
    const sizes = readIntegers('AffineGrid', size!);
    const [batch, , height, width] = sizes;
    const { shape } = theta!;
    if (shape.length !== 3 || shape[1] !== 2 || shape[2] !== 3)
      refuse('AffineGrid', [theta], 'transforms are [batch, 2, 3]');
    if (sizes.length !== 4) refuse('AffineGrid', [theta], `[${sizes.join(', ')}] is not the size of images`);
    if (shape[0] !== batch) refuse('AffineGrid', [theta], `there are ${batch} images`);
    if (align_corners === 1 && (height === 1 || width === 1))
      refuse('AffineGrid', [theta], `an image of ${height} x ${width} pixels has no two corners`);
    return [{ dtype: theta!.dtype, shape: [batch, height, width, 2] }];
  },
  { align_corners: 'int' },
);

export const samplingOperators: readonly Operator[] = [gridSample, affineGrid];

export interface GridOptions {
  /** -1 and 1 are the centres of the outermost pixels, not their outer edges. Default: false. */
  readonly alignCorners?: boolean;
}

/**
 * Read images at places, bilinearly; zero outside.
 *
 * @param x [batch, channel, height, width].
 * @param grid [batch, height of the result, width of the result, 2].
 */
export const GridSample = (x: Value, grid: Value, { alignCorners = false }: GridOptions = {}) =>
  applyOne(gridSample, [x, grid], {
    align_corners: Number(alignCorners),
    mode: 'linear',
    padding_mode: 'zeros',
  });

/**
 * The places that affine transforms take the pixels of an image to.
 *
 * @param theta [batch, 2, 3].
 * @param size Of the images: batch, channels, height, width.
 * @returns [batch, height, width, 2].
 */
export const AffineGrid = (
  theta: Value,
  size: readonly [batch: number, channels: number, height: number, width: number],
  { alignCorners = false }: GridOptions = {},
) => applyOne(affineGrid, [theta, integers(size)], { align_corners: Number(alignCorners) });
