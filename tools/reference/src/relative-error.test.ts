import { largestRelativeError } from './relative-error.js';

describe('largestRelativeError', () => {
  it('is the largest difference relative to what was expected', () => {
    expect(largestRelativeError([1.1, 20, -30], [1, 20, -30])).toBeCloseTo(0.1, 12);
  });

  it('measures values under a hundredth of the largest, or another share, against that', () => {
    expect(largestRelativeError([1e-17, 100], [0, 100])).toBeCloseTo(1e-17, 25);
    expect(largestRelativeError([0.5, 100], [0, 100])).toBe(0.5);
    expect(largestRelativeError([0.5, 100], [0, 100], 0.1)).toBe(0.05);
  });

  it('is absolute where everything expected is zero', () => {
    expect(largestRelativeError([0, 0.25], [0, 0])).toBe(0.25);
  });

  it('is 0 for equal undefined and infinite values, infinite where one side only is undefined', () => {
    expect(largestRelativeError([NaN, Infinity, 1], [NaN, Infinity, 1])).toBe(0);
    expect(largestRelativeError([NaN, 1], [2, 1])).toBe(Infinity);
    expect(largestRelativeError([2, 1], [NaN, 1])).toBe(Infinity);
    expect(largestRelativeError([Infinity, 1], [2, 1])).toBe(Infinity);
  });

  it('takes a ratio whose denominator is rounding as infinite', () => {
    expect(largestRelativeError([Infinity, 1], [1.7e16, 1])).toBe(0);
  });

  it('is infinite where the numbers of values differ', () => {
    expect(largestRelativeError([1], [1, 2])).toBe(Infinity);
  });
});
