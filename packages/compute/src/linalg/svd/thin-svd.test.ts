import { createLinearAlgebra, type LinearAlgebra } from '../algebra.js';
import {
  diagonalMatrix,
  largestDifference,
  orthonormalityError,
  randomMatrix,
  slowProduct,
} from '../__fixtures__/matrices.js';
import { inPrecision, matrix, transposed, zeros, type Matrix } from '../matrix.js';
import { factorQr } from '../qr.js';
import { thinSvd } from './thin-svd.js';

let algebra: LinearAlgebra;
beforeAll(() => (algebra = createLinearAlgebra()));
afterAll(() => algebra.dispose());

type Matrix64 = Matrix<Float64Array>;

async function errorsOf(a: Matrix64) {
  const { u, s, v } = await thinSvd(algebra, a);
  const again = slowProduct(slowProduct(u, diagonalMatrix(s)), transposed(v));
  return {
    s,
    reconstruction: largestDifference(again.data, a.data) / (Math.hypot(...a.data) || 1),
    orthonormality: Math.max(orthonormalityError(u), orthonormalityError(v)),
  };
}

/** Orthonormal columns times these singular values times orthonormal rows. */
async function withSingularValues(m: number, n: number, values: number[]): Promise<Matrix64> {
  const { q: u } = await factorQr(algebra, randomMatrix(m, values.length, 1));
  const { q: v } = await factorQr(algebra, randomMatrix(n, values.length, 2));
  return slowProduct(slowProduct(u, diagonalMatrix(values)), transposed(v));
}
const decades = (n: number, perStep: number) => Array.from({ length: n }, (_, k) => 10 ** (-perStep * k));

describe('factorQr', () => {
  it.each([
    [1, 1],
    [5, 3],
    [40, 32],
    [70, 33],
    [150, 65],
  ])('factors %i x %i', async (m, n) => {
    const a = randomMatrix(m, n, m);
    const { q, r } = await factorQr(algebra, a);
    expect(orthonormalityError(q)).toBeLessThan(1e-14);
    expect(largestDifference(slowProduct(q, r).data, a.data)).toBeLessThan(1e-14 * 10);
    expect(r.data.every((value, i) => Math.floor(i / n) <= i % n || value === 0)).toBe(true);
  });
});

describe('thinSvd', () => {
  it('gives the decomposition worked by hand', async () => {
    // [3 0; 4 5] has singular values 3 sqrt(5) and sqrt(5).
    const { s } = await thinSvd(algebra, matrix(2, 2, Float64Array.of(3, 0, 4, 5)));
    expect(largestDifference(s, [3 * Math.sqrt(5), Math.sqrt(5)])).toBeLessThan(1e-14);
  });

  it.each([
    [1, 1],
    [6, 1],
    [1, 6],
    [40, 40],
    [90, 35],
    [35, 90],
    [130, 70],
  ])('reconstructs %i x %i', async (m, n) => {
    const { s, reconstruction, orthonormality } = await errorsOf(randomMatrix(m, n, m + n));
    expect(reconstruction).toBeLessThan(2e-15);
    expect(orthonormality).toBeLessThan(2e-14);
    expect(s).toHaveLength(Math.min(m, n));
    expect(s).toEqual(s.slice().sort().reverse());
  });

  it('finds small singular values that inner products would lose', async () => {
    const values = decades(40, 0.3); // down to 2e-12, where squares are below rounding
    const { s } = await errorsOf(await withSingularValues(60, 50, values));
    expect(largestDifference(s.slice(0, 40), values)).toBeLessThan(1e-14);
    expect(Math.max(...s.slice(40))).toBeLessThan(1e-14);
  });

  it.each([
    ['of low rank', () => withSingularValues(50, 40, [3, 2, 1])],
    ['of equal singular values', () => withSingularValues(60, 40, new Array<number>(40).fill(2))],
    ['with singular values over sixteen decades', () => withSingularValues(60, 50, decades(50, 0.33))],
    ['zero', () => Promise.resolve(zeros(40, 36, 'float64'))],
    [
      'with columns of zeros',
      () => Promise.resolve(diagonalMatrix([...decades(20, 0.1), ...new Array<number>(20).fill(0)])),
    ],
    [
      'with the same column everywhere',
      () => Promise.resolve(slowProduct(randomMatrix(50, 1, 1), matrix(1, 40, new Float64Array(40).fill(1)))),
    ],
    [
      'very large',
      () =>
        withSingularValues(
          30,
          30,
          decades(30, 0.1).map((value) => value * 1e300),
        ),
    ],
    [
      'very small',
      () =>
        withSingularValues(
          30,
          30,
          decades(30, 0.1).map((value) => value * 1e-290),
        ),
    ],
  ])('is as exact for a matrix %s', async (_, make) => {
    const { reconstruction, orthonormality } = await errorsOf(await make());
    expect(reconstruction).toBeLessThan(4e-15);
    expect(orthonormality).toBeLessThan(2e-14);
  });

  it('gives vectors in float32 where the matrix was', async () => {
    const { u, v } = await thinSvd(algebra, inPrecision(randomMatrix(20, 10, 1), 'float32'));
    expect([u.data, v.data].every((data) => data instanceof Float32Array)).toBe(true);
  });

  it('refuses what is not finite', async () => {
    await expect(thinSvd(algebra, matrix(1, 2, Float64Array.of(1, NaN)))).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
    });
  });
});
