import { labelled, type RepeatedResponses } from '@striate/contracts';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { scorePearson } from '../../correlation/pearson.js';
import { estimateSplitHalfCeiling } from './split-half.js';

/** Voxels side by side, as [repetition][stimulus][voxel]. NaN = not measured. */
function repeated(trials: number[][][]): RepeatedResponses {
  const values = Float64Array.from(trials.flat(2));
  const shape = [trials.length, trials[0].length, trials[0][0].length] as const;
  return {
    stimulusIds: trials[0].map((_, i) => `s${i}`),
    voxelIds: trials[0][0].map((_, i) => `v${i}`),
    values: labelled(['repetition', 'stimulus', 'voxel'], shape, values),
    observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

describe('estimateSplitHalfCeiling', () => {
  it('corrects the correlation of halves by Spearman and Brown', () => {
    const { perVoxel, variance, correlation, nRepetitions } = estimateSplitHalfCeiling(
      repeated([
        [[1], [2], [3]],
        [[1], [2], [3]],
      ]),
      { nSplits: 3 },
      1,
    );
    expect([perVoxel['splitHalf'][0], variance[0], correlation[0], nRepetitions[0]]).toEqual([1, 1, 1, 2]);
  });

  it('has reliability 2r / (1 + r), variance its positive part and correlation the root of that', () => {
    const random = xoroshiro128plus(3);
    const noise = () => Array.from({ length: 20 }, () => [0, 1, 2].map(() => uniformFloat64(random)));
    const { perVoxel, variance, correlation } = estimateSplitHalfCeiling(
      repeated([noise(), noise()]),
      { nSplits: 5 },
      1,
    );
    perVoxel['splitHalf'].forEach((r, v) => {
      expect(perVoxel['reliability'][v]).toBeCloseTo((2 * r) / (1 + r), 14);
      expect(variance[v]).toBeCloseTo(Math.max(0, (2 * r) / (1 + r)), 14);
      expect(correlation[v] ** 2).toBeCloseTo(variance[v], 14);
    });
  });

  it('keeps a negative reliability beside a ceiling of 0', () => {
    const ceiling = estimateSplitHalfCeiling(
      repeated([
        [[0], [8], [1]],
        [[7], [0], [5]],
      ]),
      { nSplits: 20 },
      2,
    );
    expect(ceiling.perVoxel['reliability'][0]).toBeLessThan(0);
    expect([ceiling.variance[0], ceiling.correlation[0], ceiling.nUndefined]).toEqual([0, 0, 0]);
  });

  it('recovers the planted share of signal, and the correlation that the signal itself reaches', () => {
    // Variances 1 of the signal and 2 of the noise, four repetitions: rho = 1 / (1 + 2/4) = 2/3.
    const random = xoroshiro128plus(11);
    const uniform = (variance: number) => (uniformFloat64(random) - 0.5) * Math.sqrt(12 * variance);
    const signal = Array.from({ length: 4000 }, () => uniform(1));
    const trials = [0, 1, 2, 3].map(() => signal.map((value) => [value + uniform(2)]));
    const ceiling = estimateSplitHalfCeiling(repeated(trials), { nSplits: 10 }, 5);
    const average = signal.map(
      (_, s) => (trials[0][s][0] + trials[1][s][0] + trials[2][s][0] + trials[3][s][0]) / 4,
    );
    const perfect = scorePearson({
      predictions: labelled(['stimulus', 'voxel'], [4000, 1], Float64Array.from(signal)),
      responses: labelled(['stimulus', 'voxel'], [4000, 1], Float64Array.from(average)),
    });
    expect(ceiling.variance[0]).toBeCloseTo(2 / 3, 1);
    expect(ceiling.correlation[0]).toBeCloseTo(perfect.values[0], 1);
  });

  it('gives the same bits for the same seed, and others for another', () => {
    const data = repeated([
      [[1], [5], [2]],
      [[2], [4], [3]],
      [[2], [3], [9]],
    ]);
    const splitHalf = (seed: number) =>
      estimateSplitHalfCeiling(data, { nSplits: 7 }, seed).perVoxel['splitHalf'][0];
    expect(splitHalf(1)).toBe(splitHalf(1));
    expect(splitHalf(1)).not.toBe(splitHalf(2));
  });

  it('leaves out a stimulus that was measured once', () => {
    const first = [[1], [2], [4]];
    const second = [[2], [2], [3]];
    const splitHalf = (trials: number[][][]) =>
      estimateSplitHalfCeiling(repeated(trials), { nSplits: 1 }, 1).perVoxel['splitHalf'][0];
    const withSingle = splitHalf([
      [...first, [99]],
      [...second, [NaN]],
    ]);
    expect(withSingle).toBe(splitHalf([first, second]));
  });

  it('splits a voxel in the same way whatever other voxels stand beside it', () => {
    const trials = [
      [[1], [2], [4]],
      [[2], [2], [3]],
      [[3], [1], [5]],
    ];
    const beside = trials.map((rows) => rows.map(([value], s) => [value, s === 1 ? NaN : 2 * value]));
    const splitHalf = (data: number[][][]) =>
      estimateSplitHalfCeiling(repeated(data), { nSplits: 4 }, 1).perVoxel['splitHalf'][0];
    expect(splitHalf(beside)).toBe(splitHalf(trials));
  });

  it('returns NaN for a constant voxel and for one without repetitions, and counts both', () => {
    const ceiling = estimateSplitHalfCeiling(
      repeated([
        [
          [0.1, 1, 1],
          [0.1, 2, 2],
        ],
        [
          [0.1, NaN, 1],
          [0.1, NaN, 2],
        ],
      ]),
      { nSplits: 2 },
      1,
    );
    expect([...ceiling.variance]).toEqual([NaN, NaN, 1]);
    expect(ceiling.nUndefined).toBe(2);
  });

  it('refuses single repetitions', () => {
    expect(() => estimateSplitHalfCeiling(repeated([[[1], [2]]]), { nSplits: 2 }, 1)).toThrow(
      expect.objectContaining({ code: 'STRIATE_TOO_FEW_REPETITIONS' }),
    );
  });
});
