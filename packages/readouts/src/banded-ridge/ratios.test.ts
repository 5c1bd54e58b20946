import { drawRatios } from './ratios.js';

const HIMALAYA = { samples: 100, concentrations: [0.1, 1] };

describe('drawRatios', () => {
  it('starts with equal shares', () => {
    expect([...drawRatios(4, HIMALAYA, 1)[0]]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('draws shares that are never negative and add up to 1', () => {
    for (const ratios of drawRatios(3, HIMALAYA, 2)) {
      expect(Math.min(...ratios)).toBeGreaterThanOrEqual(0);
      expect(ratios.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('has one ratio for one space', () => {
    expect(drawRatios(1, HIMALAYA, 1)).toEqual([Float64Array.of(1)]);
  });

  it('draws the same for the same seed, and others for another', () => {
    expect(drawRatios(3, HIMALAYA, 5)).toEqual(drawRatios(3, HIMALAYA, 5));
    expect(drawRatios(3, HIMALAYA, 5)).not.toEqual(drawRatios(3, HIMALAYA, 6));
  });

  it.each([0.05, 0.1, 1, 5])(
    'has the mean and the variance of a Dirichlet distribution of concentration %d',
    (a) => {
      const n = 20_000;
      const drawn = drawRatios(3, { samples: n + 1, concentrations: [a] }, 7).slice(1);
      const firsts = drawn.map(([first]) => first);
      const mean = firsts.reduce((sum, share) => sum + share, 0) / n;
      const variance = firsts.reduce((sum, share) => sum + (share - 1 / 3) ** 2, 0) / n;
      const expected = ((1 / 3) * (2 / 3)) / (3 * a + 1);
      expect(Math.abs(mean - 1 / 3)).toBeLessThan(5 * Math.sqrt(expected / n)); // 5 standard errors
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05);
    },
  );

  it('stays finite where a concentration is so small that one space takes all', () => {
    for (const ratios of drawRatios(3, { samples: 200, concentrations: [1e-4] }, 8))
      expect(ratios.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});
