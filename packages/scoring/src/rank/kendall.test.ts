import fc from 'fast-check';
import { correlateKendall } from './kendall.js';

/** Tau by its definition: every pair of points is looked at. */
function byDefinition(x: number[], y: number[]) {
  let difference = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      difference += Math.sign((x[i] - x[j]) * (y[i] - y[j]));
      untiedX += Number(x[i] !== x[j]);
      untiedY += Number(y[i] !== y[j]);
    }
  }
  const nPairs = (x.length * (x.length - 1)) / 2;
  return { a: difference / nPairs, b: difference / Math.sqrt(untiedX * untiedY) };
}

describe('correlateKendall', () => {
  it('is 1 for the same order, -1 for the reverse', () => {
    const x = Float64Array.of(1, 2, 3, 4);
    expect(correlateKendall(x, Float64Array.of(10, 20, 30, 99), 'b')).toBe(1);
    expect(correlateKendall(x, Float64Array.of(9, 8, 7, 6), 'a')).toBe(-1);
  });

  it('agrees with scipy on ties in either and in both', () => {
    const x = Float64Array.of(1, 2, 2, 3, 5, 5, 5, 8);
    const y = Float64Array.of(2, 1, 4, 4, 3, 9, 9, 7);
    expect(correlateKendall(x, y, 'b')).toBeCloseTo(0.5204164998665333, 14); // scipy 1.17.1 kendalltau
    expect(correlateKendall(x, y, 'a')).toBeCloseTo(13 / 28, 14);
  });

  it('agrees with its definition for any ties', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(points, (drawn) => {
        const x = drawn.map(([value]) => value);
        const y = drawn.map(([, value]) => value);
        const expected = byDefinition(x, y);
        fc.pre(!Number.isNaN(expected.b));
        expect(correlateKendall(Float64Array.from(x), Float64Array.from(y), 'a')).toBeCloseTo(expected.a, 12);
        expect(correlateKendall(Float64Array.from(x), Float64Array.from(y), 'b')).toBeCloseTo(expected.b, 12);
      }),
      { numRuns: 100 },
    );
  });

  it('is undefined for a constant, for a NaN and for a single point', () => {
    const x = Float64Array.of(1, 2, 3);
    expect(correlateKendall(x, Float64Array.of(4, 4, 4), 'b')).toBeNaN();
    expect(correlateKendall(x, Float64Array.of(4, NaN, 5), 'a')).toBeNaN();
    expect(correlateKendall(Float64Array.of(1), Float64Array.of(1), 'a')).toBeNaN();
  });
});
