import type { Precision } from '@striate/compute';
import {
  mapping,
  numberBetween,
  oneOf,
  optionsParser,
  refuseOption,
  wholeNumber,
  type ReadOption,
} from '@striate/contracts';
import { penalties, powersOfTen } from '../options/penalties.js';

/** Sizes of fields (standard deviations), equally spaced on a logarithmic scale; as shares of the map's width and height. */
export interface SizeRange {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface FwrfOptions {
  readonly sizes: SizeRange;
  /** Largest distance between neighbouring centres that is asked for, in sizes. */
  readonly spacing: number;
  /** Width of the square of centres, in widths of the map. */
  readonly reach: number;
  /** Penalties to choose from, ascending; each > 0. */
  readonly alphas: readonly number[];
  /** Share of the training stimuli, drawn by seed, on which field and penalty are chosen. */
  readonly heldOut: number;
  /** Precision of the products with responses; the systems of equations are always solved in float64. */
  readonly precision: Precision;
}

const readRange = mapping<SizeRange>({
  from: numberBetween(0, Infinity),
  to: numberBetween(0, Infinity),
  count: wholeNumber(1),
});

/**
 * Check the options of fwRF and fill in defaults.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 * @source The defaults: St-Yves & Naselaris 2018, doi:10.1016/j.neuroimage.2017.06.035, as used on NSD by its authors.
 */
export const parseFwrfOptions = optionsParser<FwrfOptions>('fwrf', {
  sizes: sizeRange({ from: 0.04, to: 0.4, count: 8 }),
  spacing: numberBetween(0, Infinity, 1.4),
  reach: numberBetween(0, Infinity, 1.1),
  alphas: penalties(powersOfTen(3, 7, 9)),
  heldOut: numberBetween(0, 1, 0.1),
  precision: oneOf(['float32', 'float64'], 'float32'),
});

function sizeRange(fallback: SizeRange): ReadOption<SizeRange> {
  return (given = fallback, at) => {
    const range = readRange(given, at);
    return range.from <= range.to ? range : refuseOption(at, 'a range with the smaller size first', given);
  };
}
