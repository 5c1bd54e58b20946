import { normals, randomFrom, shuffledPositions } from './random.js';

describe('randomFrom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(normals(randomFrom(1), 3)).toEqual(normals(randomFrom(1), 3));
    expect(normals(randomFrom(1), 3)).not.toEqual(normals(randomFrom(2), 3));
  });

  it('draws normal numbers of mean 0 and variance 1', () => {
    const values = [...normals(randomFrom(3), 20_000)];
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    // 5 standard errors: 5 / sqrt(20000), and sqrt(2) times as much for the variance
    expect(Math.abs(mean)).toBeLessThan(0.036);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('starts neighbouring seeds unalike', () => {
    const first = Array.from({ length: 200 }, (_, seed) => randomFrom(seed).uniform());
    expect(new Set(first.map((x) => Math.floor(10 * x))).size).toBe(10);
  });
});

describe('shuffledPositions', () => {
  it('holds each position once', () => {
    expect(shuffledPositions(randomFrom(1), 50).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
  });
});
