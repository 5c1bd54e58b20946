import { invalidOption } from '@striate/contracts';
import { knownOptions } from '../options.js';

export interface SyntheticOptions {
  readonly nStimuli: number;
  /** In each of the three regions. */
  readonly nVoxels: number;
  readonly nRepetitions: number;
  /** Standard deviation of the noise of a single response; the signal's is 1. */
  readonly noiseSd: number;
  readonly seed: number;
  /** Width and height of the images, in pixels; a multiple of 4. */
  readonly imageSize: number;
}

const DEFAULTS: SyntheticOptions = {
  nStimuli: 200,
  nVoxels: 20,
  nRepetitions: 3,
  noiseSd: 1,
  seed: 1,
  imageSize: 64,
};

interface Range {
  readonly words: string;
  isIn(value: number): boolean;
}

const wholeFrom = (least: number): Range => ({
  words: `a whole number of at least ${least}`,
  isIn: (value) => Number.isSafeInteger(value) && value >= least,
});

const RANGES: Readonly<Record<keyof SyntheticOptions, Range>> = {
  nStimuli: wholeFrom(20),
  nVoxels: wholeFrom(1),
  nRepetitions: wholeFrom(1),
  noiseSd: { words: 'a number of at least 0', isIn: (value) => Number.isFinite(value) && value >= 0 },
  seed: { words: 'a whole number', isIn: Number.isSafeInteger },
  imageSize: {
    words: 'a multiple of 4 from 16 to 1024',
    isIn: (value) => Number.isInteger(value / 4) && value >= 16 && value <= 1024,
  },
};

/**
 * Check the options of the synthetic dataset and fill in defaults: 200 stimuli, 20 voxels per region, 3 repetitions, noise of
 * sd 1, seed 1, images of 64 x 64.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 */
export function parseSyntheticOptions(raw: unknown): SyntheticOptions {
  const names = Object.keys(DEFAULTS) as (keyof SyntheticOptions)[];
  const given = knownOptions(raw, 'synthetic', names);
  for (const option of names) {
    const value = given[option] ?? DEFAULTS[option];
    if (typeof value === 'number' && RANGES[option].isIn(value)) continue;
    throw invalidOption({
      who: 'synthetic',
      option,
      expected: RANGES[option].words,
      actual: JSON.stringify(value),
    });
  }
  return { ...DEFAULTS, ...given };
}
