import { flag, optionsParser, wholeNumber } from '@striate/contracts';

export interface PlsOptions {
  /** Number of components at most; fewer where features and responses have no more in common. */
  readonly components: number;
  /** Divide features and responses by their standard deviation over the training stimuli. */
  readonly standardise: boolean;
}

/**
 * Check the options of partial least squares and fill in defaults.
 *
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming the option.
 * @source The defaults are Brain-Score's: Schrimpf et al. 2018, doi:10.1101/407007.
 */
export const parsePlsOptions = optionsParser<PlsOptions>('pls', {
  components: wholeNumber(1, 25),
  standardise: flag(false),
});

export function describePls({ components, standardise }: PlsOptions): string {
  return [
    `Partial least squares regression (PLS2) on ${components} components, shared by voxels that saw the same stimuli`,
    `features and responses centred${standardise ? ' and standardised' : ', not scaled'}, float64`,
  ].join(', ');
}
