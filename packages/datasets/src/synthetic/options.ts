import { numberFrom, optionsParser, valueThat, wholeNumber, type OptionsOf } from '@striate/contracts';

const READERS = {
  nStimuli: wholeNumber(20, 200),
  /** In each of the three regions. */
  nVoxels: wholeNumber(1, 20),
  nRepetitions: wholeNumber(1, 3),
  /** Standard deviation of the noise of a single response; the signal's is 1. */
  noiseSd: numberFrom(0, 1),
  seed: wholeNumber(-Infinity, 1),
  /** Width and height of the images, in pixels. */
  imageSize: valueThat('a multiple of 4 from 16 to 1024', isImageSize, 64),
};

export type SyntheticOptions = OptionsOf<typeof READERS>;

/**
 * Check the options of the synthetic dataset and fill in defaults.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 */
export const parseSyntheticOptions = optionsParser('synthetic', READERS);

function isImageSize(given: unknown): given is number {
  return typeof given === 'number' && Number.isInteger(given / 4) && given >= 16 && given <= 1024;
}
