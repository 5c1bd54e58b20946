import fc from 'fast-check';
import { normalise, poolTokens } from './pool.js';

describe('poolTokens', () => {
  const tokens = Float32Array.of(1, 2, 3, 4, 8, 9); // three tokens of two features

  it.each([
    ['mean', [4, 5]],
    ['cls', [1, 2]],
    ['last', [8, 9]],
  ] as const)('takes by %s', (pooling, expected) => {
    expect(Array.from(poolTokens(tokens, 2, pooling))).toEqual(expected);
  });

  it('gives a buffer of its own', () => {
    for (const pooling of ['mean', 'cls', 'last'] as const)
      expect(poolTokens(tokens, 2, pooling).buffer).not.toBe(tokens.buffer);
  });
});

describe('normalise', () => {
  it('scales to length 1, by hand', () => {
    const [x, y] = normalise(Float32Array.of(3, 4));
    expect(x).toBeCloseTo(0.6, 6);
    expect(y).toBeCloseTo(0.8, 6);
  });

  it('leaves zeros as they are, as torch does', () => {
    expect(Array.from(normalise(new Float32Array(3)))).toEqual([0, 0, 0]);
  });

  it('makes length 1 of any vector, in its direction', () => {
    const vectors = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1 });
    fc.assert(
      fc.property(vectors, (vector) => {
        fc.pre(vector.some((value) => value !== 0));
        const length = Math.hypot(...vector);
        normalise(Float32Array.from(vector)).forEach((value, i) =>
          expect(value * length).toBeCloseTo(vector[i], 3),
        );
      }),
    );
  });
});
