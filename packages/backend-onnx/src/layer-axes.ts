import type { FeatureAxes } from '@striate/contracts';

/** Axes of one stimulus, by the number of axes of an array with a row per stimulus. */
export const AXES_BY_RANK: Readonly<Record<number, FeatureAxes | undefined>> = {
  2: ['feature'],
  3: ['token', 'feature'],
  4: ['channel', 'height', 'width'],
};
