import fc from 'fast-check';
import { createLinearAlgebra, type LinearAlgebra } from './algebra.js';
import { largestRowSum, type Band } from './band.js';
import { reduceToBand } from './band-reduction.js';
import { applyReflectors, reflectorsIn } from './block-reflector.js';
import { factorPanel } from './householder.js';
import {
  gram,
  largestDifference,
  numbers,
  orthonormalityError,
  randomMatrix,
  slowProduct,
} from './__fixtures__/matrices.js';
import {
  copyBlock,
  identity,
  inPrecision,
  matrix,
  pasteBlock,
  transposed,
  zeros,
  type Matrix,
} from './matrix.js';
import { symmetricEigen } from './eigen/symmetric-eigen.js';
import { factorShifted, solveShifted, tryFactorShifted } from './shifted.js';

let algebra: LinearAlgebra;
beforeAll(() => (algebra = createLinearAlgebra()));
afterAll(() => algebra.dispose());

function assemble({ size, diagonal, below }: Band): Matrix<Float64Array> {
  const b = zeros(size, size, 'float64');
  let at = 0;
  diagonal.forEach((block, k) => {
    pasteBlock(b, at, at, block);
    if (k < below.length) {
      pasteBlock(b, at + block.rows, at, below[k]);
      pasteBlock(b, at, at + block.rows, transposed(below[k]));
    }
    at += block.rows;
  });
  return b;
}

const size = fc.integer({ min: 0, max: 9 });

describe('product', () => {
  it.each(['float32', 'float64'] as const)(
    'is the definition, in every pair of transpositions (%s)',
    async (precision) => {
      await fc.assert(
        fc.asyncProperty(
          size,
          size,
          size,
          fc.nat(99),
          fc.boolean(),
          fc.boolean(),
          async (m, k, n, seed, tA, tB) => {
            const [a, b] = [matrix(m, k, numbers(m * k, seed)), matrix(k, n, numbers(k * n, seed + 1))];
            const cast = (x: Matrix<Float64Array>): Matrix =>
              precision === 'float64' ? x : { ...x, data: Float32Array.from(x.data) };
            const options = { transposeA: tA, transposeB: tB };
            const c = await algebra.product(
              cast(tA ? transposed(a) : a),
              cast(tB ? transposed(b) : b),
              options,
            );
            // float32: nine terms of at most 1, each rounded to 6e-8.
            expect(largestDifference(c.data, slowProduct(a, b).data)).toBeLessThan(
              precision === 'float32' ? 2e-6 : 1e-14,
            );
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('scales and adds, also over what it adds', async () => {
    const a = matrix(1, 2, Float64Array.of(1, 2));
    const sum = matrix(1, 1, Float64Array.of(100));
    await algebra.product(a, a, { transposeB: true, scale: -2, add: sum, into: sum });
    expect(sum.data[0]).toBe(90);
  });

  it('hands NaN on', async () => {
    const a = matrix(1, 2, Float32Array.of(1, Number.NaN));
    expect((await algebra.product(a, a, { transposeB: true })).data[0]).toBeNaN();
  });

  it('refuses shapes that do not fit, printing both', async () => {
    await expect(algebra.product(zeros(2, 3, 'float32'), zeros(2, 3, 'float32'))).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
      message: expect.stringMatching(/2 x 3.*2 x 3/),
    });
  });
});

describe('factorPanel', () => {
  it('gives Q and R with Q orthogonal and Q [R; 0] = A, constant and zero columns included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(99),
        (m, b, seed) => {
          const a = matrix(m, b, numbers(m * b, seed));
          if (seed % 3 === 0) for (let i = 0; i < m; i++) a.data[i * b] = 0;
          const { v, t, r } = factorPanel(a);
          const q = zeros(m, m, 'float64');
          const vtv = slowProduct(slowProduct(v, t), transposed(v));
          for (let i = 0; i < m * m; i++) q.data[i] = (i % (m + 1) === 0 ? 1 : 0) - vtv.data[i];
          const padded = zeros(m, b, 'float64');
          padded.data.set(r.data);
          expect(largestDifference(slowProduct(q, padded).data, a.data)).toBeLessThan(1e-13);
          const identity = slowProduct(q, transposed(q)).data.map((x, i) => x - (i % (m + 1) === 0 ? 1 : 0));
          expect(largestDifference(identity, new Float64Array(m * m))).toBeLessThan(1e-13);
        },
      ),
    );
  });
});

const SIZES = [1, 7, 32, 33, 64, 100, 289, 330, 600]; // a panel, and a group of panels, that is not full; several groups

describe('reduceToBand', () => {
  it.each(SIZES)('reconstructs a matrix of %i rows', async (n) => {
    const a = await gram(algebra, n, n);
    const { band, reflectors } = await reduceToBand(algebra, a);
    const q = await applyReflectors(algebra, reflectors, identity(n));
    const again = slowProduct(slowProduct(q, assemble(band)), transposed(q));
    expect(largestDifference(again.data, a.data)).toBeLessThan(1e-11);
    expect(orthonormalityError(q)).toBeLessThan(1e-13);
  });

  it('leaves its input alone', async () => {
    const a = await gram(algebra, 50, 1);
    const before = a.data.slice();
    await reduceToBand(algebra, a);
    expect(a.data).toEqual(before);
  });
});

describe('applyReflectors', () => {
  it.each(SIZES)('transposed undoes what it does (%i rows), over its input', async (n) => {
    const { reflectors } = await reduceToBand(algebra, await gram(algebra, n, n));
    const x = randomMatrix(n, 3, 1);
    const before = x.data.slice();
    expect(await applyReflectors(algebra, reflectors, x)).toBe(x);
    if (n > 33) expect(largestDifference(x.data, before)).toBeGreaterThan(1e-3); // a single row has nothing to reflect
    await applyReflectors(algebra, reflectors, x, { transpose: true });
    expect(largestDifference(x.data, before)).toBeLessThan(1e-13);
  });

  it('does the same in float32, but for its rounding', async () => {
    const { reflectors } = await reduceToBand(algebra, await gram(algebra, 300, 1));
    const x = randomMatrix(300, 3, 1);
    const single = inPrecision(x, 'float32');
    await applyReflectors(algebra, reflectorsIn(reflectors, 'float32'), single);
    await applyReflectors(algebra, reflectors, x);
    expect(largestDifference(single.data, x.data)).toBeLessThan(3e-6);
  });
});

describe('largestRowSum', () => {
  it.each([1, 33, 70])('is that of the whole matrix, and no eigenvalue is larger (%i rows)', async (n) => {
    const a = await gram(algebra, n, 3);
    const { band } = await reduceToBand(algebra, a);
    const whole = assemble(band);
    const sums = Array.from({ length: n }, (_, i) =>
      whole.data.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + Math.abs(value), 0),
    );
    expect(largestRowSum(band)).toBeCloseTo(Math.max(...sums), 10);
    const { values } = await symmetricEigen(algebra, a);
    expect(largestRowSum(band)).toBeGreaterThanOrEqual(values[n - 1] * (1 - 1e-12));
  });
});

describe('solveShifted', () => {
  it.each([1, 5, 40, 97])('solves (B + shift I) X = P for %i rows, and leaves P alone', async (n) => {
    const { band } = await reduceToBand(algebra, await gram(algebra, n, 3));
    const p = matrix(n, 4, numbers(4 * n, 8));
    const before = p.data.slice();
    for (const shift of [1e-2, 1, 1e3]) {
      const x = await solveShifted(algebra, band, factorShifted(band, shift), p);
      const shifted = assemble(band);
      for (let i = 0; i < n; i++) shifted.data[i * n + i] += shift;
      expect(largestDifference(slowProduct(shifted, x).data, p.data)).toBeLessThan(1e-10);
    }
    expect(p.data).toEqual(before);
  });

  it('says when a shifted matrix is not positive definite', async () => {
    const { band } = await reduceToBand(algebra, await gram(algebra, 40, 3));
    expect(tryFactorShifted(band, -1e6)).toBeUndefined();
    expect(() => factorShifted(band, -1e6)).toThrow(
      expect.objectContaining({ code: 'STRIATE_NOT_POSITIVE_DEFINITE' }),
    );
  });
});

describe('copyBlock', () => {
  it('copies the rectangle and nothing else', () => {
    const a = matrix(2, 3, Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(Array.from(copyBlock(a, [0, 2], [1, 3]).data)).toEqual([2, 3, 5, 6]);
  });
});
