import fc from 'fast-check';
import { quantiles } from './quantiles.js';

describe('quantiles', () => {
  it('are by hand: of 1, 2, 3, 10 the quartiles are 1.75, 2.5 and 4.75', () => {
    expect(quantiles([10, 1, 3, 2], [0.25, 0.5, 0.75])).toEqual([1.75, 2.5, 4.75]);
  });

  it('leave out what is undefined, and are undefined of nothing', () => {
    expect(quantiles([Number.NaN, 5], [0, 0.5, 1])).toEqual([5, 5, 5]);
    expect(quantiles([Number.NaN], [0.5])).toEqual([Number.NaN]);
  });

  it('begin at the smallest, end at the largest and never fall', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (some, share) => {
        const [low, between, high] = quantiles(some, [0, share, 1]);
        expect([low, high]).toEqual([Math.min(...some), Math.max(...some)]);
        expect(between).toBeGreaterThanOrEqual(low);
        expect(between).toBeLessThanOrEqual(high);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
