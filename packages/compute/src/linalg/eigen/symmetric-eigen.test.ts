import fc from 'fast-check';
import { createLinearAlgebra, type LinearAlgebra } from '../algebra.js';
import {
  diagonalMatrix,
  gram,
  largestDifference,
  numbers,
  orthonormalityError,
  randomMatrix,
  slowProduct,
} from '../__fixtures__/matrices.js';
import { identity, inPrecision, matrix, transposed, zeros, type Matrix } from '../matrix.js';
import { symmetricEigen } from './symmetric-eigen.js';

let algebra: LinearAlgebra;
beforeAll(() => (algebra = createLinearAlgebra()));
afterAll(() => algebra.dispose());

type Matrix64 = Matrix<Float64Array>;

/** A by its definition, from a function of row and column. */
function symmetric(n: number, at: (row: number, column: number) => number): Matrix64 {
  const a = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) a.data[i * n + j] = at(Math.max(i, j), Math.min(i, j));
  return a;
}

/** Q diag(values) Q' with a random orthogonal Q, by reflections. */
function withSpectrum(values: ArrayLike<number>, seed: number): Matrix64 {
  let a = diagonalMatrix(values);
  for (let k = 0; k < 3; k++) {
    const v = numbers(values.length, seed + k);
    const scale = 2 / v.reduce((sum, x) => sum + x * x, 0);
    const h = symmetric(values.length, (i, j) => (i === j ? 1 : 0) - scale * v[i] * v[j]);
    a = slowProduct(slowProduct(h, a), h);
  }
  return symmetric(values.length, (i, j) => a.data[i * values.length + j]);
}

/** Largest element of V diag(values) V' - A, and of V' V - I, in units of A's Frobenius norm. */
async function errorsOf(a: Matrix64) {
  const { values, vectors } = await symmetricEigen(algebra, a);
  const scaled = slowProduct(vectors, diagonalMatrix(values));
  const size = Math.hypot(...a.data) || 1;
  const again = slowProduct(scaled, transposed(vectors)).data;
  return {
    values,
    reconstruction: largestDifference(again, a.data) / size,
    orthonormality: orthonormalityError(vectors),
  };
}

const ascending = (values: number[]) => Float64Array.from(values).sort();
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
/** Eigenvalues that lie in bunches: in pairs closer than rounding can part them. */
const wilkinson = (n: number) =>
  symmetric(n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Number(i - j === 1)));

describe('symmetricEigen', () => {
  it('gives the decomposition worked by hand', async () => {
    const { values, vectors } = await symmetricEigen(algebra, matrix(2, 2, Float64Array.of(2, 1, 1, 2)));
    expect(largestDifference(values, [1, 3])).toBeLessThan(1e-15);
    const [a, b, c, d] = vectors.data;
    expect(Math.abs(a + c) + Math.abs(b - d)).toBeLessThan(1e-15);
    expect(Math.abs(Math.abs(a) - Math.SQRT1_2)).toBeLessThan(1e-15);
  });

  it('takes no rows, and one', async () => {
    expect((await symmetricEigen(algebra, zeros(0, 0, 'float64'))).values).toHaveLength(0);
    const { values, vectors } = await symmetricEigen(algebra, matrix(1, 1, Float64Array.of(-7)));
    expect([values[0], Math.abs(vectors.data[0])]).toEqual([-7, 1]);
  });

  it.each([2, 3, 31, 32, 33, 34, 64, 65, 97, 150])(
    'reconstructs a matrix of %i rows from orthonormal vectors',
    async (n) => {
      const { reconstruction, orthonormality } = await errorsOf(await gram(algebra, n, n));
      expect(reconstruction).toBeLessThan(1e-15);
      expect(orthonormality).toBeLessThan(1e-14);
    },
  );

  it.each([5, 40, 130])('finds the eigenvalues of the second difference of %i points', async (n) => {
    const { values } = await symmetricEigen(
      algebra,
      symmetric(n, (i, j) => (i === j ? 2 : i - j === 1 ? -1 : 0)),
    );
    const known = range(n).map((k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    expect(largestDifference(values, ascending(known))).toBeLessThan(1e-14);
  });

  it.each([
    ['all the same', () => diagonalMatrix(new Float64Array(70).fill(3))],
    ['all zero', () => zeros(70, 70, 'float64')],
    [
      'of two kinds',
      () =>
        withSpectrum(
          range(80).map((k) => (k < 30 ? -1 : 2)),
          1,
        ),
    ],
    ['of rank one', () => symmetric(75, () => 1)],
    [
      'of low rank',
      () =>
        withSpectrum(
          range(90).map((k) => (k < 4 ? k + 1 : 0)),
          2,
        ),
    ],
    [
      'spread over twenty decades',
      () =>
        withSpectrum(
          range(60).map((k) => 10 ** (-k / 3)),
          3,
        ),
    ],
    ['in pairs that rounding cannot part', () => wilkinson(101)],
    ['of blocks that are not coupled', () => symmetric(66, (i, j) => (i >> 1 === j >> 1 ? 1 + i - j : 0))],
    [
      'very large',
      () =>
        withSpectrum(
          range(40).map((k) => (k - 20) * 1e300),
          4,
        ),
    ],
    [
      'very small',
      () =>
        withSpectrum(
          range(40).map((k) => (k - 20) * 1e-290),
          5,
        ),
    ],
  ])('is as exact where eigenvalues are %s', async (_, make) => {
    const { reconstruction, orthonormality } = await errorsOf(make());
    expect(reconstruction).toBeLessThan(1e-15);
    expect(orthonormality).toBeLessThan(2e-14);
  });

  it('counts a repeated eigenvalue as often as it is repeated', async () => {
    const { values } = await symmetricEigen(
      algebra,
      withSpectrum(
        range(80).map((k) => (k < 30 ? -1 : 2)),
        1,
      ),
    );
    expect(
      largestDifference(
        values,
        range(80).map((k) => (k < 30 ? -1 : 2)),
      ),
    ).toBeLessThan(1e-14);
  });

  it('keeps trace and sum of squares, for any symmetric matrix', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.nat(999), async (n, seed) => {
        const x = randomMatrix(n, n, seed);
        const a = symmetric(n, (i, j) => x.data[i * n + j]);
        const { values } = await symmetricEigen(algebra, a);
        const sum = (of: Iterable<number>) => [...of].reduce((total, value) => total + value, 0);
        expect(sum(values)).toBeCloseTo(sum(range(n).map((i) => a.data[i * n + i])), 11);
        expect(sum(values.map((value) => value ** 2))).toBeCloseTo(sum(a.data.map((value) => value ** 2)), 9);
        expect(values).toEqual(values.slice().sort());
      }),
      { numRuns: 20 },
    );
  });

  it('gives vectors in float32 where the matrix was', async () => {
    const a = inPrecision(await gram(algebra, 50, 1), 'float32');
    const { vectors } = await symmetricEigen(algebra, a);
    expect(vectors.data).toBeInstanceOf(Float32Array);
    expect(orthonormalityError(vectors)).toBeLessThan(1e-6);
  });

  it('leaves its input alone', async () => {
    const a = await gram(algebra, 50, 1);
    const before = a.data.slice();
    await symmetricEigen(algebra, a);
    expect(a.data).toEqual(before);
  });

  it('refuses what is not symmetric, naming the place', async () => {
    const a = identity(3);
    a.data[5] = 1;
    await expect(symmetricEigen(algebra, a)).rejects.toMatchObject({
      code: 'STRIATE_NOT_SYMMETRIC',
      context: { row: 2, column: 1, value: 0, mirrored: 1 },
    });
  });

  it('refuses what is not finite, or not square', async () => {
    await expect(symmetricEigen(algebra, matrix(1, 1, Float64Array.of(Infinity)))).rejects.toMatchObject({
      code: 'STRIATE_NON_FINITE',
    });
    await expect(symmetricEigen(algebra, zeros(2, 1, 'float64'))).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });
});
