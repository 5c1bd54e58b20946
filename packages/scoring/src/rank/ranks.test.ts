import fc from 'fast-check';
import { rankValues } from './ranks.js';

describe('rankValues', () => {
  it('ranks from 1, and lets equal values share the mean of their ranks', () => {
    expect([...rankValues(Float64Array.of(10, 30, 10, 20, 10))]).toEqual([2, 5, 2, 4, 2]);
  });

  it('returns NaN throughout where one value has no place', () => {
    expect([...rankValues(Float64Array.of(1, NaN, 2))]).toEqual([NaN, NaN, NaN]);
  });

  it('gives each value the number of smaller ones plus half the equal ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }), (drawn) => {
        const expected = drawn.map((value) => {
          const smaller = drawn.filter((other) => other < value).length;
          const equal = drawn.filter((other) => other === value).length;
          return smaller + (equal + 1) / 2;
        });
        expect([...rankValues(Float64Array.from(drawn))]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
