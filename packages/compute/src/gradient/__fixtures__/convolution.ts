import type { RandomConvolution } from '../../graph/__fixtures__/convolution.js';

type Places = (x: number, w: number, y: number) => void;

/** Convolution in float64, in plain loops. */
export function convolve(shapes: RandomConvolution, places: readonly number[]) {
  return (x: Float64Array, w: Float64Array, b?: Float64Array): Float64Array => {
    const y = filled(b, shapes.x[0], shapes.w[0], places);
    visitProducts(shapes, places, (atX, atW, atY) => (y[atY] += x[atX] * w[atW]));
    return y;
  };
}

/** Its adjoint: y is read, x is written. */
export function convolveBack(shapes: RandomConvolution, places: readonly number[]) {
  return (y: Float64Array, w: Float64Array, b?: Float64Array): Float64Array => {
    const x = filled(b, shapes.x[0], shapes.x[1], shapes.x.slice(2));
    visitProducts(shapes, places, (atX, atW, atY) => (x[atX] += y[atY] * w[atW]));
    return x;
  };
}

function filled(
  b: Float64Array | undefined,
  ...[nImages, nChannels, sizes]: [number, number, readonly number[]]
): Float64Array {
  const nPlaces = sizes.reduce((product, size) => product * size, 1);
  const channelOf = (at: number) => Math.floor(at / nPlaces) % nChannels;
  return Float64Array.from({ length: nImages * nChannels * nPlaces }, (_, at) => b?.[channelOf(at)] ?? 0);
}

/** Visit each product that a convolution sums: its places in the input, the filters and the output. */
function visitProducts({ x, w, options }: RandomConvolution, places: readonly number[], visit: Places) {
  const [nFilters, nRead, height, width] = asPlane(w);
  const [nImages, nChannels, inHeight, inWidth] = asPlane(x);
  const [, , outHeight, outWidth] = asPlane([1, 1, ...places]);
  const [stepY, stepX] = twoOf(options.strides, 1);
  const [spreadY, spreadX] = twoOf(options.dilations, 1);
  const [top, left] = twoOf(options.pads.slice(0, places.length), 0);
  const nShare = nFilters / options.groups;
  for (let n = 0; n < nImages; n++)
    for (let m = 0; m < nFilters; m++)
      for (let c = 0; c < nRead; c++)
        for (let p = 0; p < outHeight; p++)
          for (let q = 0; q < outWidth; q++)
            for (let i = 0; i < height; i++)
              for (let j = 0; j < width; j++) {
                const [row, column] = [p * stepY + i * spreadY - top, q * stepX + j * spreadX - left];
                if (row < 0 || row >= inHeight || column < 0 || column >= inWidth) continue;
                const channel = Math.floor(m / nShare) * nRead + c;
                visit(
                  ((n * nChannels + channel) * inHeight + row) * inWidth + column,
                  ((m * nRead + c) * height + i) * width + j,
                  ((n * nFilters + m) * outHeight + p) * outWidth + q,
                );
              }
}

/** One spatial axis is a plane of height 1. */
function asPlane(shape: readonly number[]): readonly number[] {
  return shape.length === 4 ? shape : [shape[0], shape[1], 1, shape[2]];
}

function twoOf(list: readonly number[], otherwise: number): readonly number[] {
  return list.length === 2 ? list : [otherwise, list[0]];
}
