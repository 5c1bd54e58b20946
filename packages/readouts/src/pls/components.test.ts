import { createLinearAlgebra, factorQr, matrix, type Matrix } from '@striate/compute';
import fc from 'fast-check';
import { normals } from '../__fixtures__/planted.js';
import { shareInnerProducts } from '../ridge/inner-products.js';
import { responseColumns, wholeResponses } from '../ridge/responses.js';
import { readerOfMatrix } from '../ridge/rows.js';
import { findComponents } from './components.js';
import type { Form, FormInputs } from './form.js';
import { openKernel } from './kernel.js';
import { openPrimal } from './primal.js';

type Matrix64 = Matrix<Float64Array>;

const algebra = createLinearAlgebra();
const innerProducts = shareInnerProducts(algebra);
afterAll(() => algebra.dispose());

const everyPosition = (length: number) => Int32Array.from({ length }, (_, i) => i);

function inputsOf(x: Matrix64, y: Matrix64): FormInputs {
  const values = { axes: ['stimulus', 'voxel'], shape: [y.rows, y.columns], data: y.data } as const;
  const columns = responseColumns(values, everyPosition(y.columns), {
    intercept: true,
    precision: 'float64',
  });
  const rows = everyPosition(x.rows);
  const { training: read } = wholeResponses(columns, rows);
  const responses = { nVoxels: y.columns, read, standardise: false };
  return { algebra, innerProducts, reader: readerOfMatrix(x), rows, responses };
}

const normalMatrix = (rows: number, columns: number, seed: number) =>
  matrix(rows, columns, Float64Array.from({ length: rows * columns }, normals(seed)));

const scoresOf = async (form: Form, count: number) =>
  form.scores(await findComponents(form, { count, seed: 1 }));

/** T T', which is the same for components of either sign. */
const projectorOf = (scores: Matrix64) => algebra.product(scores, scores, { transposeB: true });

function largestDifference(actual: Matrix64, expected: (row: number, column: number) => number): number {
  const differences = actual.data.map((value, i) =>
    Math.abs(value - expected(Math.floor(i / actual.columns), i % actual.columns)),
  );
  return Math.max(0, ...differences);
}

const sizes = fc.record({
  nStimuli: fc.integer({ min: 3, max: 14 }),
  nFeatures: fc.integer({ min: 1, max: 14 }),
  nVoxels: fc.integer({ min: 1, max: 6 }),
  count: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

describe('findComponents', () => {
  it('makes orthonormal scores, the same from the kernel as from the primal form', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ nStimuli, nFeatures, nVoxels, count, seed }) => {
        const inputs = inputsOf(
          normalMatrix(nStimuli, nFeatures, seed),
          normalMatrix(nStimuli, nVoxels, seed + 1),
        );
        const [kernel, primal] = [await openKernel(inputs), await openPrimal(inputs)];
        const [dual, direct] = [await scoresOf(kernel, count), await scoresOf(primal, count)];
        for (const scores of [dual, direct]) {
          const products = await algebra.product(scores, scores, { transposeA: true });
          expect(largestDifference(products, (i, j) => Number(i === j))).toBeLessThan(1e-10);
        }
        expect(direct.columns).toBe(dual.columns);
        const expected = await projectorOf(dual);
        const difference = largestDifference(
          await projectorOf(direct),
          (i, j) => expected.data[i * nStimuli + j],
        );
        expect(difference).toBeLessThan(1e-7);
      }),
      { numRuns: 40 },
    );
  });

  it('stops at the rank of the features', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(openKernel, openPrimal),
        async (rank, seed, open) => {
          const x = await algebra.product(normalMatrix(20, rank, seed), normalMatrix(rank, 9, seed + 1));
          const form = await open(inputsOf(x, normalMatrix(20, 12, seed + 2)));
          expect((await scoresOf(form, 30)).columns).toBe(rank);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes the directions of largest variance where the responses are the features', async () => {
    // X = U diag(s) V': X'X X'X = V diag(s^4) V', whose eigenvectors are the principal components.
    const s = [9, 5, 2, 1];
    const u = (await factorQr(algebra, centredColumns(normalMatrix(10, 4, 3)))).q;
    const v = (await factorQr(algebra, normalMatrix(6, 4, 4))).q;
    const scaled = { ...u, data: u.data.map((value, i) => value * s[i % 4]) };
    const x = await algebra.product(scaled, v, { transposeB: true });
    for (const open of [openKernel, openPrimal]) {
      const scores = await scoresOf(await open(inputsOf(x, x)), 3);
      const along = await algebra.product(u, scores, { transposeA: true });
      const sizeOfEach = { ...along, data: along.data.map(Math.abs) };
      expect(largestDifference(sizeOfEach, (i, j) => Number(i === j))).toBeLessThan(1e-8);
    }
  });
});

function centredColumns(x: Matrix64): Matrix64 {
  const means = Array.from({ length: x.columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < x.rows; i++) sum += x.data[i * x.columns + j];
    return sum / x.rows;
  });
  return { ...x, data: x.data.map((value, i) => value - means[i % x.columns]) };
}
