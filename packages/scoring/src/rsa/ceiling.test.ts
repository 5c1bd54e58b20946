import { estimateRsaCeiling } from './ceiling.js';

describe('estimateRsaCeiling', () => {
  // The mean of both is (2, 2, 2.5) up to scale for two; the mean of "the others" is the other one.
  it('compares each subject with the mean of all, and with the mean of the others', () => {
    const x = Float64Array.of(1, 2, 3);
    const y = Float64Array.of(3, 2, 2);
    // Pearson with x + y = (4, 4, 5): x deviations (-1, 0, 1), sum's (-1, -1, 2) / 3, y's (2, -1, -1) / 3.
    const upper = (3 / Math.sqrt(2 * 6) + -3 / Math.sqrt(6 * 6)) / 2;
    const lower = -3 / Math.sqrt(2 * 6);
    const ceiling = estimateRsaCeiling([x, y], { comparison: 'pearson' });
    expect(ceiling.upper).toBeCloseTo(upper, 12);
    expect(ceiling.lower).toBeCloseTo(lower, 12);
  });

  it('is 1 where all subjects agree', () => {
    const rdm = Float64Array.of(3, 1, 2);
    expect(estimateRsaCeiling([rdm, rdm, rdm])).toMatchObject({ lower: 1, upper: 1 });
  });

  it('lets no subject outweigh the others by its scale once RDMs are z-scored', () => {
    const [x, y, z] = [Float64Array.of(1, 2, 4), Float64Array.of(2, 1, 3), Float64Array.of(1, 3, 2)];
    const loud = x.map((value) => 1000 * value);
    const bounds = (first: Float64Array, averaging: 'raw' | 'z-scored') =>
      estimateRsaCeiling([first, y, z], { comparison: 'pearson', averaging }).upper;
    expect(bounds(loud, 'z-scored')).toBeCloseTo(bounds(x, 'z-scored'), 12);
    expect(bounds(loud, 'raw')).not.toBeCloseTo(bounds(x, 'raw'), 4);
  });

  it('has no bounds for a single subject', () => {
    const { lower, upper } = estimateRsaCeiling([Float64Array.of(1, 2, 3)]);
    expect([lower, upper]).toEqual([NaN, NaN]);
  });

  it('names its method with the choices made', () => {
    const { method } = estimateRsaCeiling([], { averaging: 'ranked' });
    expect(method).toContain('Spearman');
    expect(method).toContain('rank-transformed');
  });
});
