import { zeros, type Matrix } from './matrix.js';

/**
 * Invert a small symmetric positive definite matrix by Cholesky's factors, in plain loops.
 *
 * @param a [n, n], float64; overwritten.
 * @returns The inverse, or `undefined` if a pivot is not positive.
 */
export function invertSymmetric(a: Matrix<Float64Array>): Matrix<Float64Array> | undefined {
  const n = a.rows;
  const l = a.data;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = l[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i === j) {
        if (!(sum > 0)) return undefined;
        l[j * n + j] = Math.sqrt(sum);
      } else l[i * n + j] = sum / l[j * n + j];
    }
  }
  invertLower(l, n);
  const inverse = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += l[k * n + i] * l[k * n + j];
      inverse.data[i * n + j] = sum;
      inverse.data[j * n + i] = sum;
    }
  }
  return inverse;
}

/** Overwrites a lower triangle with its inverse. */
function invertLower(l: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    l[j * n + j] = 1 / l[j * n + j];
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[i * n + k] * l[k * n + j];
      l[i * n + j] = sum / l[i * n + i];
    }
  }
}
