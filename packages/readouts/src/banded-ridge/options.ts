import { listOf, numberBetween, optionsParser, wholeNumber } from '@striate/contracts';
import { RIDGE_READERS, type RidgeOptions } from '../ridge/options.js';

export interface BandedRidgeOptions extends RidgeOptions {
  /** How many ratios between the feature spaces are tried. */
  readonly samples: number;
  /** Of the Dirichlet distributions that ratios are drawn from, in turn: below 1 few spaces dominate, at 1 any ratio is as likely. */
  readonly concentrations: readonly number[];
}

/**
 * Check the options of banded ridge and fill in defaults.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export const parseBandedRidgeOptions = optionsParser<BandedRidgeOptions>('banded-ridge', {
  ...RIDGE_READERS,
  samples: wholeNumber(1, 100),
  concentrations: listOf(numberBetween(0, Infinity), [0.1, 1]),
});
