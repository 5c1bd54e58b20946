// Resampling filters and their fixed-point weights, as Pillow computes them (its `Resample.c`): the filter is
// stretched by the reduction, so that every source pixel counts (antialiasing).

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos';

interface Filter {
  /** Half the width, in pixels of the smaller image. */
  readonly support: number;
  weigh(distance: number): number;
}

const CUBIC_A = -0.5;

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

export const FILTERS: Readonly<Record<Exclude<Interpolation, 'nearest'>, Filter>> = {
  bilinear: { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weigh: weighCubic },
  lanczos: { support: 3, weigh: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function weighCubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * CUBIC_A;
  return 0;
}

/** Bits behind the binary point: 8 for the sample and 2 for overshoot are left of 32. */
export const PRECISION_BITS = 22;

/** Which source pixels make each output pixel of one axis, and with what weights. */
export interface AxisWeights {
  /** First source pixel, per output pixel. */
  readonly first: Int32Array;
  /** Number of source pixels, per output pixel. */
  readonly count: Int32Array;
  /** [output pixel, taps], in units of 2^-22. */
  readonly weights: Int32Array;
  readonly taps: number;
}

/**
 * Compute the weights of one axis.
 *
 *     w(i, j) = f((j + 0.5 - c(i)) / s) / sum over j,   c(i) = (i + 0.5) * from / to,   s = max(1, from / to)
 *
 * @param from  Size of the source.
 * @param to    Size of the whole result.
 * @param start First pixel of the result that is wanted.
 * @param wanted Number of pixels wanted.
 * @source Pillow, `src/libImaging/Resample.c`; checked against Pillow's output in `resample.test.ts`.
 */
export function computeAxisWeights(
  filter: Filter,
  from: number,
  to: number,
  start: number,
  wanted: number,
): AxisWeights {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = filter.support * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(wanted);
  const count = new Int32Array(wanted);
  const weights = new Int32Array(wanted * taps);
  for (let i = 0; i < wanted; i++) {
    const centre = (start + i + 0.5) * scale;
    first[i] = Math.max(0, Math.trunc(centre - support + 0.5));
    count[i] = Math.min(from, Math.trunc(centre + support + 0.5)) - first[i];
    const exact = Float64Array.from({ length: count[i] }, (_, j) =>
      filter.weigh((j + first[i] - centre + 0.5) * (1 / stretch)),
    );
    const total = exact.reduce((sum, weight) => sum + weight, 0);
    exact.forEach((weight, j) => (weights[i * taps + j] = toFixedPoint(weight / total)));
  }
  return { first, count, weights, taps };
}

function toFixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5));
}
