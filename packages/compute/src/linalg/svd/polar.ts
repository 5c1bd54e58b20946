// The orthogonal matrix nearest to A, by iterations x -> x (a + b x^2) / (1 + c x^2) on its singular values that bring
// all of them to 1, from however small, in about six steps of products and factorisations.

import type { LinearAlgebra } from '../algebra.js';
import { factorCholesky } from '../cholesky.js';
import { gramMatrix } from '../gram.js';
import { copyBlock, transposed, zeros, type Matrix } from '../matrix.js';
import { factorQr } from '../qr.js';
import { solveTriangular } from '../triangular.js';

type Matrix64 = Matrix<Float64Array>;

/** Singular values below this, relative to the largest, are rounding. */
const SMALLEST = 2 ** -53;
/** Enough from {@link SMALLEST} on. */
const STEPS = 6;
/** Largest c for which Cholesky's factors are as good as QR's. */
const WELL_CONDITIONED = 100;

/**
 * The factor U of A = U H, U orthogonal and H symmetric positive semi-definite.
 *
 * @param a [n, n], finite.
 * @returns U; directions in which A is zero, or rounding, need not be orthogonal.
 * @source Nakatsukasa, Bai & Gygi 2010, doi:10.1137/090774999; Nakatsukasa & Higham 2013, doi:10.1137/120876605.
 */
export async function polarFactor(algebra: LinearAlgebra, a: Matrix64): Promise<Matrix64> {
  const bound = spectralBound(a);
  if (bound === 0) return zeros(a.rows, a.rows, 'float64');
  let x: Matrix64 = { ...a, data: a.data.map((value) => value / bound) };
  let smallest = SMALLEST;
  for (let step = 0; step < STEPS; step++) {
    const weights = weightsFor(smallest);
    const { a: first, b, c } = weights;
    x = await (c > WELL_CONDITIONED ? stepByQr : stepByCholesky)(algebra, x, weights);
    smallest = Math.min(1, (smallest * (first + b * smallest ** 2)) / (1 + c * smallest ** 2));
  }
  return x;
}

interface Weights {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** The best a, b, c if the smallest singular value is l and the largest 1. */
function weightsFor(l: number): Weights {
  const d = Math.cbrt((4 * (1 - l ** 2)) / l ** 4);
  const root = Math.sqrt(1 + d);
  const a = root + Math.sqrt(8 - 4 * d + (8 * (2 - l ** 2)) / (l ** 2 * root)) / 2;
  const b = (a - 1) ** 2 / 4;
  return { a, b, c: a + b - 1 };
}

/** b/c X + (a - b/c) / sqrt(c) Q1 Q2', where [sqrt(c) X; I] = [Q1; Q2] R. */
async function stepByQr(algebra: LinearAlgebra, x: Matrix64, { a, b, c }: Weights): Promise<Matrix64> {
  const n = x.rows;
  const stacked = zeros(2 * n, n, 'float64');
  for (let i = 0; i < n * n; i++) stacked.data[i] = Math.sqrt(c) * x.data[i];
  for (let i = 0; i < n; i++) stacked.data[(n + i) * n + i] = 1;
  const { q } = await factorQr(algebra, stacked);
  const [q1, q2] = [copyBlock(q, [0, n], [0, n]), copyBlock(q, [n, 2 * n], [0, n])];
  return combine(x, b / c, await algebra.product(q1, q2, { transposeB: true }), (a - b / c) / Math.sqrt(c));
}

/** b/c X + (a - b/c) X (I + c X' X)^-1. */
async function stepByCholesky(algebra: LinearAlgebra, x: Matrix64, { a, b, c }: Weights): Promise<Matrix64> {
  const z = await gramMatrix(algebra, x);
  for (let i = 0; i < z.data.length; i++) z.data[i] *= c;
  for (let i = 0; i < z.rows; i++) z.data[i * z.rows + i] += 1;
  const l = await factorCholesky(algebra, z);
  const half = await solveTriangular(algebra, l, transposed(x));
  const quotient = transposed(await solveTriangular(algebra, l, half, { transpose: true }));
  return combine(x, b / c, quotient, a - b / c);
}

function combine(x: Matrix64, share: number, y: Matrix64, other: number): Matrix64 {
  for (let i = 0; i < y.data.length; i++) y.data[i] = share * x.data[i] + other * y.data[i];
  return y;
}

/** |A| <= sqrt(|A|_1 |A|_infinity). */
function spectralBound({ rows, columns, data }: Matrix64): number {
  const sums = new Float64Array(columns);
  let widest = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const size = Math.abs(data[i * columns + j]);
      sum += size;
      sums[j] += size;
    }
    widest = Math.max(widest, sum);
  }
  return Math.sqrt(widest) * Math.sqrt(sums.reduce((largest, sum) => Math.max(largest, sum), 0));
}
