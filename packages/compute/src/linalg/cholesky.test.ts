import fc from 'fast-check';
import { createLinearAlgebra, type LinearAlgebra } from './algebra.js';
import { factorCholesky } from './cholesky.js';
import { gramMatrix } from './gram.js';
import { largestDifference, numbers, randomMatrix, slowProduct } from './__fixtures__/matrices.js';
import { identity, inPrecision, matrix, transposed, zeros, type Matrix } from './matrix.js';
import { solveTriangular } from './triangular.js';

let algebra: LinearAlgebra;
beforeAll(() => (algebra = createLinearAlgebra()));
afterAll(() => algebra.dispose());

/** X' X / n + I: eigenvalues from 1 to a few. */
async function wellConditioned(n: number, seed: number): Promise<Matrix<Float64Array>> {
  const x = randomMatrix(n, n, seed);
  return algebra.product(x, x, { transposeA: true, scale: 1 / n, add: identity(n) });
}

describe('gramMatrix', () => {
  it.each([1, 5, 511, 513])('is X transposed times X for %i columns, symmetric to the bit', async (p) => {
    const x = randomMatrix(7, p, p);
    const products = await gramMatrix(algebra, x);
    expect(largestDifference(products.data, slowProduct(transposed(x), x).data)).toBeLessThan(1e-14);
    expect(transposed(products).data).toEqual(products.data);
  });

  it('is zero for no rows, and keeps the precision', async () => {
    expect(await gramMatrix(algebra, zeros(0, 2, 'float32'))).toEqual(zeros(2, 2, 'float32'));
  });
});

describe('factorCholesky', () => {
  it('gives the factor worked by hand', async () => {
    const a = matrix(3, 3, Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98));
    const l = await factorCholesky(algebra, a);
    expect(Array.from(l.data)).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  it.each([1, 2, 63, 64, 65, 200])(
    'gives a lower triangle with L L transposed = A for %i rows',
    async (n) => {
      const a = await wellConditioned(n, n);
      const l = await factorCholesky(algebra, a);
      expect(largestDifference(slowProduct(l, transposed(l)).data, a.data)).toBeLessThan(
        1e-14 * n ** 0.5 * 4,
      );
      for (let i = 0; i < n; i++) {
        expect(l.data[i * n + i]).toBeGreaterThan(0);
        expect(l.data.subarray(i * n + i + 1, (i + 1) * n).every((value) => value === 0)).toBe(true);
      }
    },
  );

  it('works in float32 to its rounding', async () => {
    const a = inPrecision(await wellConditioned(150, 3), 'float32');
    const l = await factorCholesky(algebra, a);
    expect(l.data).toBeInstanceOf(Float32Array);
    expect(largestDifference(slowProduct(l, transposed(l)).data, a.data)).toBeLessThan(2e-6);
  });

  it('leaves its input alone', async () => {
    const a = await wellConditioned(100, 1);
    const before = a.data.slice();
    await factorCholesky(algebra, a);
    expect(a.data).toEqual(before);
  });

  it.each([0, 70, 149])(
    'names the pivot and its value where a matrix is indefinite from row %i on',
    async (row) => {
      const a = identity(150);
      a.data[row * 150 + row] = -2;
      await expect(factorCholesky(algebra, a)).rejects.toMatchObject({
        code: 'STRIATE_NOT_POSITIVE_DEFINITE',
        context: { pivot: row, value: -2 },
      });
    },
  );

  it('refuses a matrix of rank one, whose second pivot is zero', async () => {
    await expect(factorCholesky(algebra, matrix(2, 2, Float64Array.of(1, 1, 1, 1)))).rejects.toMatchObject({
      context: { pivot: 1, value: 0 },
    });
  });

  it.each([
    ['not symmetric', [1, 2, 3, 4], 'STRIATE_NOT_SYMMETRIC'],
    ['not finite', [1, NaN, NaN, 4], 'STRIATE_NON_FINITE'],
  ])('refuses a matrix that is %s', async (_, values, code) => {
    const a = matrix(2, 2, Float64Array.from(values));
    await expect(factorCholesky(algebra, a)).rejects.toMatchObject({ code });
  });

  it('refuses a matrix that is not square', async () => {
    await expect(factorCholesky(algebra, zeros(2, 3, 'float64'))).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });
});

describe('solveTriangular', () => {
  /** A dominant diagonal keeps the system well conditioned at any size; the other triangle is NaN. */
  function triangular(n: number, seed: number, triangle: 'lower' | 'upper'): Matrix<Float64Array> {
    const t = matrix(
      n,
      n,
      numbers(n * n, seed).map((value) => value / n),
    );
    for (let i = 0; i < n; i++) {
      t.data[i * n + i] = 1 + Math.abs(t.data[i * n + i]);
      for (let j = 0; j < i; j++) t.data[triangle === 'lower' ? j * n + i : i * n + j] = NaN;
    }
    return t;
  }
  const withoutNaN = (t: Matrix<Float64Array>) => ({
    ...t,
    data: t.data.map((x) => (Number.isNaN(x) ? 0 : x)),
  });

  it('solves from either triangle, transposed or not, and never reads the other triangle', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(99),
        fc.constantFrom('lower' as const, 'upper' as const),
        fc.boolean(),
        async (n, m, seed, triangle, transpose) => {
          const [t, b] = [triangular(n, seed, triangle), randomMatrix(n, m, seed + 1)];
          const x = await solveTriangular(algebra, t, b, { triangle, transpose });
          const full = transpose ? transposed(withoutNaN(t)) : withoutNaN(t);
          expect(largestDifference(slowProduct(full, x).data, b.data)).toBeLessThan(1e-14);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('names a zero on the diagonal', async () => {
    const t = identity(100);
    t.data[70 * 101] = 0;
    await expect(solveTriangular(algebra, t, randomMatrix(100, 2, 1))).rejects.toMatchObject({
      code: 'STRIATE_SINGULAR_MATRIX',
      context: { pivot: 70 },
    });
  });

  it('refuses right sides of another height', async () => {
    await expect(solveTriangular(algebra, identity(2), randomMatrix(3, 1, 1))).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });
});
