import fc from 'fast-check';
import { makeFolds } from './split.js';

const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const folds = (k: number, shuffle: boolean) => ({
  kind: 'folds' as const,
  folds: k,
  shuffle,
  scores: 'pooled' as const,
});

describe('makeFolds', () => {
  it('cuts contiguous folds of which the first are one longer', () => {
    const tests = makeFolds(ids(7), folds(3, false), undefined, 1).map((fold) => fold.test);
    expect(tests).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('tests every stimulus once, and never trains on it in the same fold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(1000),
        (n, k, seed) => {
          const made = makeFolds(ids(n), folds(k, true), undefined, seed);
          expect(made.flatMap((fold) => fold.test).sort((a, b) => a - b)).toEqual(ids(n).map((_, i) => i));
          for (const { train, test } of made) expect(new Set([...train, ...test]).size).toBe(n);
        },
      ),
    );
  });

  it('shuffles by seed', () => {
    const first = (seed: number) => makeFolds(ids(40), folds(4, true), undefined, seed)[0].test;
    expect(first(3)).toEqual(first(3));
    expect(first(3)).not.toEqual(first(4));
  });

  it('takes the split of the dataset, restricted to the stimuli of the comparison', () => {
    const declared = { train: ['s0', 's3', 'elsewhere'], validation: ['s4'], test: ['s2', 's1'] };
    expect(makeFolds(ids(5), { kind: 'dataset' }, declared, 1)).toEqual([
      { train: [0, 3], validation: [4], test: [1, 2] },
    ]);
  });

  it.each([
    ['a dataset without one', { kind: 'dataset' as const }, undefined],
    [
      'a stimulus in train and test',
      { kind: 'dataset' as const },
      { train: ['s0', 's1'], test: ['s1', 's2'] },
    ],
    ['a fold with one test stimulus', folds(5, false), undefined],
  ])('refuses %s', (_, split, declared) => {
    expect(() => makeFolds(ids(5), split, declared, 1)).toThrow(
      expect.objectContaining({ code: 'STRIATE_SPLIT_INVALID' }),
    );
  });
});
