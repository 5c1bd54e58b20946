/**
 * Multiply the rows of one matrix by the rows of another.
 *
 *     C = A B'
 *
 * @param a [nA, length], C order.
 * @param b [nB, length], C order. If it is the same array as `a`, only products on and above the diagonal are filled in.
 * @returns C, [nA, nB].
 * @remarks Float64. Tiles of two rows by two rows, so that each value read is used twice.
 */
export function multiplyRows(
  a: Float64Array,
  nA: number,
  b: Float64Array,
  nB: number,
  length: number,
): Float64Array {
  const products = new Float64Array(nA * nB);
  for (let i = 0; i < nA; i += 2) {
    for (let j = a === b ? i : 0; j < nB; j += 2) {
      fillTile(products, nB, a, b, length, [i, Math.min(i + 1, nA - 1)], [j, Math.min(j + 1, nB - 1)]);
    }
  }
  return products;
}

/** At an odd edge a row stands twice, and its products are written twice. */
function fillTile(
  products: Float64Array,
  nB: number,
  a: Float64Array,
  b: Float64Array,
  length: number,
  [i0, i1]: readonly [number, number],
  [j0, j1]: readonly [number, number],
): void {
  const [a0, a1, b0, b1] = [i0 * length, i1 * length, j0 * length, j1 * length];
  let p00 = 0;
  let p01 = 0;
  let p10 = 0;
  let p11 = 0;
  for (let k = 0; k < length; k++) {
    const x0 = a[a0 + k];
    const x1 = a[a1 + k];
    const y0 = b[b0 + k];
    const y1 = b[b1 + k];
    p00 += x0 * y0;
    p01 += x0 * y1;
    p10 += x1 * y0;
    p11 += x1 * y1;
  }
  products[i0 * nB + j0] = p00;
  products[i0 * nB + j1] = p01;
  products[i1 * nB + j0] = p10;
  products[i1 * nB + j1] = p11;
}
