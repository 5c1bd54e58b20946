// Two halves of a tridiagonal matrix put together: eigenvectors of the whole are those of the halves, mixed by the
// eigenvectors of a diagonal matrix plus one of rank one.

import type { LinearAlgebra } from '../algebra.js';
import { pasteBlock, zeros, type Matrix } from '../matrix.js';
import { deflate, type Deflation } from './deflate.js';
import { mixtures, type Mixtures } from './mixtures.js';

type Matrix64 = Matrix<Float64Array>;

export interface Eigenpairs {
  /** Ascending. */
  readonly values: Float64Array;
  /** One eigenvector per row. */
  readonly vectors: Matrix64;
}

/** Eigenvectors of both halves as rows: their parts in the upper half of the matrix, and in the lower. */
interface Halves {
  readonly values: Float64Array;
  readonly parts: readonly [Matrix64, Matrix64];
  /** For each part, the rows that are not zero there. */
  readonly reaches: readonly [Uint8Array, Uint8Array];
}

const EPSILON = 2 ** -53;
/** In units of rounding of the matrix's norm; as LAPACK. */
const DEFLATION = 16;

/**
 * Eigenpairs of [T1 0; 0 T2] + |b| v v', v = (0 ... 0 1, sign b 0 ... 0), from those of T1 and T2.
 *
 * @param coupling b.
 * @source Cuppen 1981, doi:10.1007/BF01396757; Gu & Eisenstat 1995, doi:10.1137/S0895479892241287.
 */
export async function merge(
  algebra: LinearAlgebra,
  upper: Eigenpairs,
  lower: Eigenpairs,
  coupling: number,
): Promise<Eigenpairs> {
  const halves = sideBySide(upper, lower);
  const z = couple(upper, lower, coupling);
  const rho = 2 * Math.abs(coupling);
  const norm = halves.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), rho);
  const turn = (i: number, j: number, c: number, s: number) => turnRows(halves, i, j, c, s);
  const deflation = deflate({ values: halves.values, z, turn }, rho, DEFLATION * EPSILON * norm);
  const { active } = deflation;
  const mixed = mixtures({
    d: Float64Array.from(active, (i) => halves.values[i]),
    z: Float64Array.from(active, (i) => z[i]),
    rho,
  });
  const products = [
    await mix(algebra, mixed, active, halves, 0),
    await mix(algebra, mixed, active, halves, 1),
  ];
  return inOrder(halves, deflation, mixed.values, products);
}

function sideBySide(upper: Eigenpairs, lower: Eigenpairs): Halves {
  const [m, n] = [upper.values.length, lower.values.length];
  const values = new Float64Array(m + n);
  values.set(upper.values);
  values.set(lower.values, m);
  const parts = [zeros(m + n, m, 'float64'), zeros(m + n, n, 'float64')] as const;
  pasteBlock(parts[0], 0, 0, upper.vectors);
  pasteBlock(parts[1], m, 0, lower.vectors);
  const reaches = [new Uint8Array(m + n).fill(1, 0, m), new Uint8Array(m + n).fill(1, m)] as const;
  return { values, parts, reaches };
}

/** Q' v / |v|: the last column of the upper eigenvectors beside the first of the lower. */
function couple(upper: Eigenpairs, lower: Eigenpairs, coupling: number): Float64Array {
  const [m, n] = [upper.values.length, lower.values.length];
  const z = new Float64Array(m + n);
  for (let i = 0; i < m; i++) z[i] = upper.vectors.data[i * m + m - 1] * Math.SQRT1_2;
  for (let i = 0; i < n; i++) z[m + i] = lower.vectors.data[i * n] * Math.SQRT1_2 * Math.sign(coupling);
  return z;
}

function turnRows({ parts, reaches }: Halves, i: number, j: number, c: number, s: number): void {
  for (const side of [0, 1] as const) {
    if (!reaches[side][i] && !reaches[side][j]) continue;
    reaches[side][i] = reaches[side][j] = 1;
    const { columns, data } = parts[side];
    const [a, b] = [
      data.subarray(i * columns, (i + 1) * columns),
      data.subarray(j * columns, (j + 1) * columns),
    ];
    for (let k = 0; k < columns; k++) [a[k], b[k]] = [c * a[k] + s * b[k], c * b[k] - s * a[k]];
  }
}

/** One part of the mixed eigenvectors; rows that are zero there are left out of the product. */
function mix(
  algebra: LinearAlgebra,
  { weights }: Mixtures,
  active: readonly number[],
  { parts, reaches }: Halves,
  side: 0 | 1,
): Promise<Matrix64> {
  const part = parts[side];
  const taken = Array.from(active.keys()).filter((k) => reaches[side][active[k]]);
  const rows = zeros(taken.length, part.columns, 'float64');
  const chosen = zeros(weights.rows, taken.length, 'float64');
  taken.forEach((k, to) => {
    const from = active[k] * part.columns;
    rows.data.set(part.data.subarray(from, from + part.columns), to * part.columns);
    for (let j = 0; j < weights.rows; j++)
      chosen.data[j * taken.length + to] = weights.data[j * weights.columns + k];
  });
  return algebra.product(chosen, rows);
}

/** Mixed and settled eigenpairs by ascending eigenvalue. */
function inOrder(
  { values, parts }: Halves,
  { settled }: Deflation,
  mixed: Float64Array,
  products: readonly Matrix64[],
): Eigenpairs {
  const candidates = [
    ...Array.from(mixed, (value, row) => ({ value, row, from: products })),
    ...settled.map((row) => ({ value: values[row], row, from: parts })),
  ].sort((a, b) => a.value - b.value);
  const n = values.length;
  const vectors = zeros(n, n, 'float64');
  candidates.forEach(({ row, from }, to) => {
    let at = to * n;
    for (const { columns, data } of from) {
      vectors.data.set(data.subarray(row * columns, (row + 1) * columns), at);
      at += columns;
    }
  });
  return { values: Float64Array.from(candidates, ({ value }) => value), vectors };
}
