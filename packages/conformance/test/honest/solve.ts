/** Solve A x = b for a positive definite A by Gaussian elimination, in place. */
export function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  for (let pivot = 0; pivot < n; pivot++) {
    for (let row = pivot + 1; row < n; row++) {
      const factor = a[row][pivot] / a[pivot][pivot];
      for (let column = pivot; column < n; column++) a[row][column] -= factor * a[pivot][column];
      b[row] -= factor * b[pivot];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let column = row + 1; column < n; column++) b[row] -= a[row][column] * b[column];
    b[row] /= a[row][row];
  }
  return b;
}
