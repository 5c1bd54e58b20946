// Splits are by stimulus: no stimulus is in train and in test of the same fold.

import { splitInvalid, type Split } from '@striate/contracts';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Configuration } from '../configuration/schema.js';

/** Positions in the comparison's list of stimuli, ascending. */
export interface Fold {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Make the folds of a comparison.
 *
 * @param stimulusIds All stimuli of the comparison.
 * @param split       What the configuration asks for.
 * @param declared    The dataset's own split, if it has one.
 * @param seed        Of the shuffle.
 * @returns One fold for `holdout` and `dataset`; k for `folds`, whose tests together hold each stimulus once.
 * @throws {DataError} `STRIATE_SPLIT_INVALID`.
 */
export function makeFolds(
  stimulusIds: readonly string[],
  split: Configuration['split'],
  declared: Split | undefined,
  seed: number,
): Fold[] {
  const folds = foldsOf(stimulusIds, split, declared, seed);
  for (const fold of folds) {
    if (fold.train.length < 2 || fold.test.length < 2) {
      const sizes = `${fold.train.length} training and ${fold.test.length} test stimuli`;
      throw splitInvalid({ reason: `a fold has ${sizes} of ${stimulusIds.length}` });
    }
  }
  return folds;
}

function foldsOf(
  stimulusIds: readonly string[],
  split: Configuration['split'],
  declared: Split | undefined,
  seed: number,
): Fold[] {
  const n = stimulusIds.length;
  switch (split.kind) {
    case 'folds': {
      const order = split.shuffle ? shuffled(n, seed) : range(n);
      return range(split.folds).map((fold) => {
        const start = startOfFold(fold, n, split.folds);
        return foldWithTest(order.slice(start, startOfFold(fold + 1, n, split.folds)), n);
      });
    }
    case 'holdout':
      return [foldWithTest(shuffled(n, seed).slice(0, Math.round(split.test * n)), n)];
    case 'dataset':
      if (!declared)
        throw splitInvalid({ reason: 'the dataset comes without a split; use "folds" or "holdout"' });
      return [declaredFold(stimulusIds, declared)];
  }
}

function declaredFold(stimulusIds: readonly string[], declared: Split): Fold {
  const parts = {
    train: new Set(declared.train),
    validation: new Set(declared.validation),
    test: new Set(declared.test),
  };
  const overlap = declared.test.filter((id) => parts.train.has(id) || parts.validation.has(id));
  if (overlap.length > 0) {
    throw splitInvalid({ reason: 'some stimuli are in two parts of it', examples: overlap });
  }
  const positionsIn = (part: ReadonlySet<string>) =>
    range(stimulusIds.length).filter((i) => part.has(stimulusIds[i]));
  return {
    train: positionsIn(parts.train),
    validation: positionsIn(parts.validation),
    test: positionsIn(parts.test),
  };
}

function foldWithTest(test: readonly number[], n: number): Fold {
  const isTest = new Set(test);
  return {
    train: range(n).filter((i) => !isTest.has(i)),
    validation: [],
    test: [...test].sort((a, b) => a - b),
  };
}

/** Contiguous pieces, the first n mod k one longer: as scikit-learn's KFold cuts. */
function startOfFold(fold: number, n: number, nFolds: number): number {
  return fold * Math.floor(n / nFolds) + Math.min(fold, n % nFolds);
}

/** Fisher and Yates' shuffle of 0..n-1. */
function shuffled(n: number, seed: number): number[] {
  const random = xoroshiro128plus(seed);
  const order = range(n);
  for (let i = n - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
