// Candidate fields: Gaussians on a grid that is finer for smaller ones.

import { zeros, type Matrix } from '@striate/compute';
import { powersOfTen } from '../options/penalties.js';
import type { FwrfOptions } from './options.js';

/** In shares of the map's width and height: 0 is the middle, x to the right, y down. */
export interface Field {
  readonly x: number;
  readonly y: number;
  /** Standard deviation. */
  readonly size: number;
}

/** On a map of one pixel there is nothing to choose: its one field has no place and no size. */
const ONLY_FIELD: Field = { x: NaN, y: NaN, size: NaN };

/**
 * List the candidate fields.
 *
 * @returns Per size, a square of centres from -reach/2 to reach/2, as few as keep about `spacing` sizes between
 *   neighbours; 875 of them for the defaults.
 * @source St-Yves & Naselaris 2018, doi:10.1016/j.neuroimage.2017.06.035.
 */
export function listFields(
  { sizes, spacing, reach }: Pick<FwrfOptions, 'sizes' | 'spacing' | 'reach'>,
  [height, width]: readonly [height: number, width: number],
): Field[] {
  if (height * width === 1) return [ONLY_FIELD];
  return powersOfTen(Math.log10(sizes.from), Math.log10(sizes.to), sizes.count).flatMap((size) => {
    const centres = equallySpaced(reach, Math.ceil(reach / (spacing * size)));
    return centres.flatMap((y) => centres.map((x) => ({ x, y, size })));
  });
}

function equallySpaced(reach: number, count: number): number[] {
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, i) => reach * (i / (count - 1) - 0.5));
}

/**
 * Weights of fields at the pixels of a map,
 *
 *     g_p = exp(-|p - c|^2 / (2 size^2)) / sum over pixels
 *
 * @returns [field, pixel], each row with the sum 1.
 * @remarks The factor before the exponential, which makes a density of it, is lost in the standardisation of what was
 *   pooled; a sum of 1 keeps fields between the pixels of a coarse map away from the smallest floats.
 */
export function weighPixels(
  fields: readonly Field[],
  [height, width]: readonly [height: number, width: number],
): Matrix<Float32Array> {
  const weights = zeros(fields.length, height * width, 'float32');
  fields.forEach(({ x, y, size }, row) => {
    const values = new Float64Array(height * width);
    for (let i = 0, at = 0; i < height; i++)
      for (let j = 0; j < width; j++, at++) {
        const [dx, dy] = [(j + 0.5) / width - 0.5 - x, (i + 0.5) / height - 0.5 - y];
        values[at] = values.length === 1 ? 1 : Math.exp((-dx * dx - dy * dy) / (2 * size * size));
      }
    const sum = values.reduce((total, value) => total + value, 0);
    weights.data.set(
      values.map((value) => value / sum),
      row * values.length,
    );
  });
  return weights;
}
