import { labelled, type RepeatedResponses } from '@striate/contracts';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createNsdCeiling, estimateNsdCeiling, explainableVariance } from './nsd.js';

/** One voxel, given as [repetition][stimulus]. NaN = not measured. */
function oneVoxel(trials: number[][]): RepeatedResponses {
  const values = Float64Array.from(trials.flat());
  return {
    stimulusIds: trials[0].map((_, i) => `s${i}`),
    voxelIds: ['v'],
    values: labelled(['repetition', 'stimulus', 'voxel'], [trials.length, trials[0].length, 1], values),
    observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

describe('estimateNsdCeiling', () => {
  it('follows the formulas on four trials', () => {
    // Trials (0, 2) of one stimulus and (4, 6) of the other: mean 3, variance over trials (9 + 1 + 1 + 9) / 4 = 5; variance over
    // repetitions 2 for both. noise^2 = 2/5, signal^2 = 3/5, ncsnr^2 = 3/2, NC for two repetitions = 1.5 / (1.5 + 0.5).
    const ceiling = estimateNsdCeiling(
      oneVoxel([
        [0, 4],
        [2, 6],
      ]),
    );
    expect(ceiling.perVoxel['noiseSd'][0]).toBeCloseTo(Math.sqrt(0.4), 14);
    expect(ceiling.perVoxel['signalSd'][0]).toBeCloseTo(Math.sqrt(0.6), 14);
    expect(ceiling.perVoxel['ncsnr'][0]).toBeCloseTo(Math.sqrt(1.5), 14);
    expect(ceiling.variance[0]).toBeCloseTo(0.75, 14);
    expect(ceiling.correlation[0]).toBeCloseTo(Math.sqrt(0.75), 14);
    expect(ceiling.nRepetitions[0]).toBe(2);
    expect(ceiling.nUndefined).toBe(0);
  });

  it('takes the noise from repeated stimuli, the total from all trials, and 1/n from all stimuli', () => {
    // Single trial 3 added to the stimuli above: variance over trials 20/5 = 4, noise^2 = 2/4, mean of 1/n = (1/2 + 1/2 + 1) / 3.
    const ceiling = estimateNsdCeiling(
      oneVoxel([
        [0, 4, 3],
        [2, 6, NaN],
      ]),
    );
    expect(ceiling.perVoxel['noiseSd'][0] ** 2).toBeCloseTo(0.5, 14);
    expect(ceiling.nRepetitions[0]).toBeCloseTo(1.5, 14);
    expect(ceiling.variance[0]).toBeCloseTo(1 / (1 + 2 / 3), 14);
  });

  it('has a signal of 0, not below, where repetitions differ more than stimuli', () => {
    const ceiling = estimateNsdCeiling(
      oneVoxel([
        [0, 4],
        [4, 0],
      ]),
    );
    expect([ceiling.variance[0], ceiling.correlation[0]]).toEqual([0, 0]);
    expect(ceiling.nUndefined).toBe(0);
  });

  it('is 1 for a voxel without noise', () => {
    const ceiling = estimateNsdCeiling(
      oneVoxel([
        [0.1, 0.7],
        [0.1, 0.7],
      ]),
    );
    expect([ceiling.variance[0], ceiling.correlation[0]]).toEqual([1, 1]);
    expect(ceiling.perVoxel['ncsnr'][0]).toBe(Infinity);
  });

  it.each([true, false])('returns NaN for a constant voxel and counts it (zscore: %s)', (zscore) => {
    const ceiling = estimateNsdCeiling(
      oneVoxel([
        [0.1, 0.1],
        [0.1, 0.1],
      ]),
      { zscore },
    );
    expect(ceiling.variance[0]).toBeNaN();
    expect(ceiling.correlation[0]).toBeNaN();
    expect(ceiling.nUndefined).toBe(1);
  });

  it('returns NaN for a voxel without a repeated stimulus beside one that has some', () => {
    const values = Float64Array.of(1, 1, 2, 2, 3, NaN, 4, NaN); // [2 repetitions, 2 stimuli, 2 voxels]
    const ceiling = estimateNsdCeiling({
      stimulusIds: ['a', 'b'],
      voxelIds: ['v', 'w'],
      values: labelled(['repetition', 'stimulus', 'voxel'], [2, 2, 2], values),
      observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
    });
    expect(ceiling.variance[0]).not.toBeNaN();
    expect(ceiling.variance[1]).toBeNaN();
    expect(ceiling.nUndefined).toBe(1);
  });

  it('takes the total variance to be 1 for trials that come z-scored', () => {
    // Variance over repetitions 0.5 in both; the trials' own variance (0.3125) is not used.
    const { perVoxel } = estimateNsdCeiling(
      oneVoxel([
        [0, 0.5],
        [1, 1.5],
      ]),
      { zscore: false },
    );
    expect(perVoxel['noiseSd'][0] ** 2).toBeCloseTo(0.5, 14);
    expect(perVoxel['signalSd'][0] ** 2).toBeCloseTo(0.5, 14);
  });

  it('does not depend on the unit of the trials', () => {
    const { variance } = estimateNsdCeiling(
      oneVoxel([
        [0, 4, 5],
        [2, 6, 4],
      ]),
    );
    const scaled = estimateNsdCeiling(
      oneVoxel([
        [7, 47, 57],
        [27, 67, 47],
      ]),
    ); // 10 x + 7
    expect(scaled.variance[0]).toBeCloseTo(variance[0], 12);
  });

  it('recovers a planted ceiling', () => {
    // Signal and noise uniform with variances 1 and 2: ncsnr^2 = 0.5, NC for three repetitions = 0.6.
    const random = xoroshiro128plus(7);
    const uniform = (variance: number) => (uniformFloat64(random) - 0.5) * Math.sqrt(12 * variance);
    const signal = Array.from({ length: 4000 }, () => uniform(1));
    const trials = [0, 1, 2].map(() => signal.map((value) => value + uniform(2)));
    expect(estimateNsdCeiling(oneVoxel(trials)).variance[0]).toBeCloseTo(0.6, 1);
  });

  it('refuses single repetitions', () => {
    expect(() => estimateNsdCeiling(oneVoxel([[1, 2, 3]]))).toThrow(
      expect.objectContaining({ code: 'STRIATE_TOO_FEW_REPETITIONS' }),
    );
  });
});

describe('explainableVariance', () => {
  it.each([
    [1, 3, 0.75],
    [1, 1, 0.5],
    [0, 3, 0],
    [Infinity, 1, 1],
  ])('of ncsnr %p and n %p is %p', (ncsnr, n, expected) => {
    expect(explainableVariance(ncsnr, n)).toBe(expected);
  });
});

describe('createNsdCeiling', () => {
  it('z-scores unless it is told that trials come z-scored', () => {
    expect(createNsdCeiling().parseOptions(undefined)).toEqual({ zscore: true });
    expect(createNsdCeiling().parseOptions({ zscore: false })).toEqual({ zscore: false });
  });
});
