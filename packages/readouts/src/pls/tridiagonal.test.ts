import fc from 'fast-check';
import { dominantPair } from './tridiagonal.js';

describe('dominantPair', () => {
  it('finds 3 and (1, 1) / sqrt 2 of a matrix of twos with ones beside them', () => {
    const { value, vector } = dominantPair([2, 2], [1]);
    expect(value).toBeCloseTo(3, 14);
    vector.forEach((element) => expect(element).toBeCloseTo(Math.SQRT1_2, 14));
  });

  it('finds the number of a matrix of one', () => {
    expect(dominantPair([7], [])).toEqual({ value: expect.closeTo(7, 13), vector: Float64Array.of(1) });
  });

  it('finds 2 + 2 cos(pi / (n + 1)) and a sine of the second difference of n points', () => {
    const n = 50;
    const { value, vector } = dominantPair(new Array<number>(n).fill(2), new Array<number>(n - 1).fill(1));
    expect(value).toBeCloseTo(2 + 2 * Math.cos(Math.PI / (n + 1)), 13);
    const sine = vector.map((_, i) => Math.sqrt(2 / (n + 1)) * Math.sin((Math.PI * (i + 1)) / (n + 1)));
    vector.forEach((element, i) => expect(element).toBeCloseTo(sine[i], 12));
  });

  it('keeps the digits of the smallest element of the vector', () => {
    // (x - T) v = 0 with below = 1e-8: each element is 1e-8 / (x - d) of the one before, but for terms in 1e-16.
    const { vector } = dominantPair([2, 1, 1], [1e-8, 1e-8]);
    expect(vector[2] / 1e-16).toBeCloseTo(1, 10);
  });

  it('is an eigenpair, whatever the matrix', () => {
    const positive = fc.double({ min: 1e-3, max: 1, noNaN: true });
    const rows = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), positive), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(rows, (some) => {
        const diagonal = [1, ...some.map(([d]) => d)];
        const below = some.map(([, b]) => b);
        const { value, vector } = dominantPair(diagonal, below);
        diagonal.forEach((d, i) => {
          const beside = (below[i - 1] ?? 0) * (vector[i - 1] ?? 0) + (below[i] ?? 0) * (vector[i + 1] ?? 0);
          expect(Math.abs(d * vector[i] + beside - value * vector[i])).toBeLessThan(1e-14);
        });
        expect(vector.every((element) => element > 0)).toBe(true); // as of the largest eigenvalue alone
      }),
    );
  });
});
