import type { Precision } from '@striate/compute';
import { flag, oneOf, optionsParser, wholeNumber, type OptionReaders } from '@striate/contracts';
import { penalties, powersOfTen } from '../options/penalties.js';

export interface RidgeOptions {
  /** Penalties to choose from, ascending; each > 0. */
  readonly alphas: readonly number[];
  /** Number of folds for choosing the penalty. */
  readonly folds: number;
  /** Shuffle stimuli by seed before they are cut into folds; else folds are contiguous. */
  readonly shuffle: boolean;
  readonly intercept: boolean;
  /** Divide each feature by its standard deviation over the training stimuli. */
  readonly standardise: boolean;
  /** What the best penalty is the best by: least squared error, or correlation. */
  readonly scoreBy: 'mse' | 'correlation';
  /** Precision of the products with responses; the systems of equations are always solved in float64. */
  readonly precision: Precision;
}

export const RIDGE_READERS: OptionReaders<RidgeOptions> = {
  alphas: penalties(powersOfTen(-1, 7, 17)),
  folds: wholeNumber(2, 5),
  shuffle: flag(false),
  intercept: flag(true),
  standardise: flag(false),
  scoreBy: oneOf(['mse', 'correlation'], 'mse'),
  precision: oneOf(['float32', 'float64'], 'float32'),
};

/**
 * Check ridge's options and fill in defaults.
 *
 * @param raw As a user wrote them; `alphas` is a list, or `{ from, to, count }` in powers of ten.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 */
export const parseRidgeOptions = optionsParser('ridge', RIDGE_READERS);

/** The choices that every closed-form readout has, in words. */
export function describeRidge(options: RidgeOptions): string {
  const { folds, shuffle, scoreBy, intercept, standardise, precision } = options;
  return [
    `${describePenalties(options.alphas)}, chosen per voxel`,
    `by ${scoreBy === 'mse' ? 'mean squared error' : 'correlation'} over ${folds} ${shuffle ? 'shuffled' : 'contiguous'} folds of the training stimuli`,
    `${intercept ? 'with' : 'without'} intercept, features ${standardise ? 'standardised' : 'not scaled'}, ${precision} products`,
  ].join(', ');
}

/** A grid of penalties in words. */
export function describePenalties(alphas: readonly number[]): string {
  if (alphas.length === 1) return `the penalty ${alphas[0]}`;
  const [lowest, highest] = [alphas[0], alphas[alphas.length - 1]].map((alpha) => alpha.toPrecision(3));
  return `one of ${alphas.length} penalties from ${lowest} to ${highest}`;
}
