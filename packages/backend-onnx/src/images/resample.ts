// Resampling as Pillow does it, to the bit: first along rows, then along columns, 8 bits in between (Pillow 13 swaps
// the two where the height shrinks much more; models were trained with the order that Pillow had before). Only the
// window that is kept (the crop) is computed; no pixel depends on another's being wanted.

import type { RgbImage } from './decode.js';
import {
  computeAxisWeights,
  FILTERS,
  PRECISION_BITS,
  type AxisWeights,
  type Interpolation,
} from './filters.js';

/** Part of a resized image. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Resize an image, and keep a window of the result.
 *
 * @param image         RGB.
 * @param size          Height and width of the whole result, each > 0.
 * @param window        What to keep; inside `size`.
 * @param interpolation Antialiased when reducing, but for `nearest`.
 * @returns RGB of the window's size; the same bytes as `Image.resize(...).crop(...)` of Pillow.
 */
export function resample(
  image: RgbImage,
  size: readonly [height: number, width: number],
  window: Window,
  interpolation: Interpolation,
): RgbImage {
  const [height, width] = size;
  if (interpolation === 'nearest') return pickNearest(image, size, window);
  const filter = FILTERS[interpolation];
  const columns = axisOrCopy(filter, image.width, width, window.left, window.width);
  const rows = axisOrCopy(filter, image.height, height, window.top, window.height);
  return blendRows(blendColumns(image, columns, rows), rows);
}

/** Pillow leaves out the pass along an axis that keeps its size; a weight of 1 per pixel does the same. */
function axisOrCopy(
  filter: Parameters<typeof computeAxisWeights>[0],
  from: number,
  to: number,
  start: number,
  wanted: number,
): AxisWeights {
  if (from !== to) return computeAxisWeights(filter, from, to, start, wanted);
  return {
    first: Int32Array.from({ length: wanted }, (_, i) => start + i),
    count: new Int32Array(wanted).fill(1),
    weights: new Int32Array(wanted).fill(1 << PRECISION_BITS),
    taps: 1,
  };
}

/** The pass along rows; only rows that the second pass reads are computed, the others stay black. */
function blendColumns(image: RgbImage, columns: AxisWeights, rows: AxisWeights): RgbImage {
  const width = columns.first.length;
  const lastRow = rows.first.length - 1;
  const end = rows.first[lastRow] + rows.count[lastRow];
  const data = new Uint8ClampedArray(image.height * width * 3);
  for (let y = rows.first[0]; y < end; y++) {
    const row = image.data.subarray(y * image.width * 3);
    const into = data.subarray(y * width * 3);
    for (let x = 0; x < width; x++) blend(row, columns.first[x] * 3, 3, columns, x, into, x * 3);
  }
  return { height: image.height, width, data: new Uint8Array(data.buffer) };
}

function blendRows(image: RgbImage, rows: AxisWeights): RgbImage {
  const height = rows.first.length;
  const rowLength = image.width * 3;
  const data = new Uint8ClampedArray(height * rowLength);
  for (let y = 0; y < height; y++) {
    const source = image.data.subarray(rows.first[y] * rowLength);
    const into = data.subarray(y * rowLength);
    for (let at = 0; at < rowLength; at += 3) blend(source, at, rowLength, rows, y, into, at);
  }
  return { height, width: image.width, data: new Uint8Array(data.buffer) };
}

/** One RGB pixel as the weighted sum of pixels that lie `step` apart; overshoot is clipped by the array, as in Pillow. */
function blend(
  source: Uint8Array,
  from: number,
  step: number,
  axis: AxisWeights,
  pixel: number,
  into: Uint8ClampedArray,
  at: number,
): void {
  const { weights } = axis;
  const start = pixel * axis.taps;
  const end = start + axis.count[pixel];
  let red = 1 << (PRECISION_BITS - 1);
  let green = red;
  let blue = red;
  for (let tap = start, place = from; tap < end; tap++, place += step) {
    const weight = weights[tap];
    red += source[place] * weight;
    green += source[place + 1] * weight;
    blue += source[place + 2] * weight;
  }
  into[at] = red >> PRECISION_BITS;
  into[at + 1] = green >> PRECISION_BITS;
  into[at + 2] = blue >> PRECISION_BITS;
}

function pickNearest(image: RgbImage, [height, width]: readonly [number, number], window: Window): RgbImage {
  const columns = nearestPositions(image.width, width).subarray(window.left, window.left + window.width);
  const rows = nearestPositions(image.height, height).subarray(window.top, window.top + window.height);
  const data = new Uint8Array(window.height * window.width * 3);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      const from = (row * image.width + column) * 3;
      data.set(image.data.subarray(from, from + 3), (y * window.width + x) * 3);
    });
  });
  return { height: window.height, width: window.width, data };
}

/** Positions by repeated addition, as Pillow has them: a multiplication would round elsewhere. */
function nearestPositions(from: number, to: number): Int32Array {
  const step = from / to;
  let position = step * 0.5;
  return new Int32Array(to).map(() => {
    const pixel = Math.trunc(position);
    position += step;
    return pixel;
  });
}
