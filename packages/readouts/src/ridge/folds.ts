import { tooFewStimuli } from '@striate/contracts';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

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
  const order = seed === undefined ? everyRow(n) : shuffledRows(n, seed);
  const startOf = (fold: number) => fold * Math.floor(n / nFolds) + Math.min(fold, n % nFolds);
  return Array.from({ length: nFolds }, (_, fold) => order.slice(startOf(fold), startOf(fold + 1)));
}

function everyRow(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

/** The rows 0 ... n - 1 in an order drawn by seed. */
export function shuffledRows(n: number, seed: number): Int32Array {
  const order = everyRow(n);
  const random = xoroshiro128plus(seed);
  for (let i = n - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
