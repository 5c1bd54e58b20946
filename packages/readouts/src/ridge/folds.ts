import { epochOrder } from '@striate/compute';
import { tooFewStimuli } from '@striate/contracts';

/**
 * Cut rows into validation folds whose sizes differ by one at most, the first being the longer (as scikit-learn's KFold).
 *
 * @param n       Number of rows.
 * @param nFolds  Number of folds.
 * @param seed    Shuffles the rows first; `undefined`: folds are contiguous.
 * @returns Rows of each fold; together each row once.
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI` if a fold would be empty or leave fewer than two rows to train on.
 */
export function cutFolds(n: number, nFolds: number, seed: number | undefined): Int32Array[] {
  const needed = Math.max(nFolds, 3);
  if (n < needed) {
    throw tooFewStimuli({
      readout: 'ridge',
      needed,
      given: n,
      why: `its penalty is chosen over ${nFolds} folds`,
    });
  }
  const order = epochOrder(n, seed, 0);
  const startOf = (fold: number) => fold * Math.floor(n / nFolds) + Math.min(fold, n % nFolds);
  return Array.from({ length: nFolds }, (_, fold) => order.slice(startOf(fold), startOf(fold + 1)));
}
