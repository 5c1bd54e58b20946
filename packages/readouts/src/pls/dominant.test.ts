import { createLinearAlgebra, matrix, symmetricEigen, type LinearAlgebra } from '@striate/compute';
import { normals } from '../__fixtures__/planted.js';
import { findDominant, type Operator } from './dominant.js';
import { dot } from './vectors.js';

/** C C' = diag(values), in coordinates that are their own images. */
const diagonalOperator = (values: readonly number[]): Operator => ({
  covary: (h) => Promise.resolve(h.map((element, i) => element * values[i])),
  image: (c) => Promise.resolve(c),
});
const randomStart = (n: number, seed: number) => Float64Array.from({ length: n }, normals(seed));

describe('findDominant', () => {
  let algebra: LinearAlgebra;
  beforeAll(() => (algebra = createLinearAlgebra()));
  afterAll(() => algebra.dispose());

  it('finds the largest eigenvalue of a diagonal matrix, and its axis', async () => {
    const found = (await findDominant(diagonalOperator([1, 5, 2]), randomStart(3, 1)))!;
    expect(found.isConverged).toBe(true);
    expect(found.covariance).toBeCloseTo(5, 12);
    expect([...found.c].map(Math.abs)).toEqual([
      expect.closeTo(0, 8),
      expect.closeTo(1, 12),
      expect.closeTo(0, 8),
    ]);
  });

  it('tells eigenvalues apart that differ by a ten thousandth', async () => {
    const values = Array.from({ length: 200 }, (_, i) => (i === 7 ? 1 : (1 - 1e-4) * Math.cos(i / 200)));
    const found = (await findDominant(diagonalOperator(values), randomStart(200, 2)))!;
    expect(found.isConverged).toBe(true);
    expect(Math.abs(found.c[7])).toBeCloseTo(1, 12);
  });

  it('says that it has not converged when it runs out of steps', async () => {
    const values = Array.from({ length: 200 }, (_, i) => Math.cos(i / 2000));
    const start = randomStart(200, 3);
    const few = (await findDominant(diagonalOperator(values), start, 10))!;
    expect(few.isConverged).toBe(false);
    expect(dot(few.c, few.c)).toBeCloseTo(1, 12);
    expect((await findDominant(diagonalOperator(values), start))!.isConverged).toBe(true);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await findDominant(diagonalOperator([0, 0]), randomStart(2, 4))).toBeUndefined();
  });

  it('finds the eigenvector of a product of two matrices, in the measure of one of them', async () => {
    const n = 12;
    const factor = matrix(n, n, Float64Array.from({ length: n * n }, normals(5)));
    const kernel = await algebra.product(factor, factor, { transposeB: true });
    const response = matrix(n, 3, Float64Array.from({ length: 3 * n }, normals(6)));
    const grams = await algebra.product(response, response, { transposeB: true });
    const times = async (a: typeof kernel, v: Float64Array) =>
      (await algebra.product(a, matrix(n, 1, v))).data;
    const operator = {
      covary: (h: Float64Array) => times(grams, h),
      image: (c: Float64Array) => times(kernel, c),
    };
    const { c, covariance, h } = (await findDominant(operator, randomStart(n, 7)))!;
    // The eigenvalues of C C', C = F'Y, are those of C'C = Y'FF'Y.
    const small = await algebra.product(response, await algebra.product(kernel, response), {
      transposeA: true,
    });
    const { values } = await symmetricEigen(algebra, matrix(3, 3, symmetric(small.data)));
    expect(covariance).toBeCloseTo(values[2], 8);
    expect(dot(c, h)).toBeCloseTo(1, 10);
    const images = await operator.image(c);
    images.forEach((value, i) => expect(value).toBeCloseTo(h[i], 8));
  });
});

function symmetric(data: Float64Array): Float64Array {
  return data.map((value, i) => (value + data[3 * (i % 3) + Math.floor(i / 3)]) / 2);
}
