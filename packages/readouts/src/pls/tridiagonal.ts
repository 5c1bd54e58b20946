// The largest eigenvalue of a small tridiagonal matrix T. Above it, x - T is positive definite: its pivots are positive, and
// where T is not negative off its diagonal so is its inverse. All that follows adds up positive numbers and loses no digits,
// not even in the last element of the vector, by which Lanczos' method knows how far it has come.

/** Halvings that bring an interval down to neighbouring numbers. */
const HALVINGS = 64;

/**
 * Find the largest eigenvalue of a symmetric tridiagonal matrix, and its eigenvector.
 *
 * @param diagonal [n], the largest of them > 0.
 * @param below    [n - 1], each > 0.
 * @returns The value, and the vector [n] of norm 1, each element > 0.
 * @source Bisection by the signs of pivots, inverse iteration: Golub & Van Loan, Matrix Computations, 4th ed., 8.4 and 8.2.2.
 */
export function dominantPair(
  diagonal: ArrayLike<number>,
  below: ArrayLike<number>,
): { readonly value: number; readonly vector: Float64Array } {
  let low = 0;
  let high = 0;
  for (let i = 0; i < diagonal.length; i++) {
    low = Math.max(low, diagonal[i]);
    high = Math.max(high, diagonal[i] + (below[i - 1] ?? 0) + (below[i] ?? 0));
  }
  high *= 1 + 4 * Number.EPSILON;
  let pivots = pivotsAt(high, diagonal, below)!;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = low + (high - low) / 2;
    const some = pivotsAt(middle, diagonal, below);
    if (some) [high, pivots] = [middle, some];
    else low = middle;
  }
  const vector = new Float64Array(diagonal.length).fill(1);
  for (let pass = 0; pass < 3; pass++) solveNormalised(vector, pivots, below);
  return { value: high, vector };
}

/** Pivots of x - T; undefined as soon as one of them is not positive. */
function pivotsAt(
  x: number,
  diagonal: ArrayLike<number>,
  below: ArrayLike<number>,
): Float64Array | undefined {
  const pivots = new Float64Array(diagonal.length);
  for (let i = 0; i < pivots.length; i++) {
    pivots[i] = x - diagonal[i] - (i > 0 ? below[i - 1] ** 2 / pivots[i - 1] : 0);
    if (!(pivots[i] > 0)) return undefined;
  }
  return pivots;
}

/** One step of inverse iteration, in place: (x - T)^-1 vector, brought to norm 1. */
function solveNormalised(vector: Float64Array, pivots: Float64Array, below: ArrayLike<number>): void {
  const n = vector.length;
  for (let i = 1; i < n; i++) vector[i] += (below[i - 1] / pivots[i - 1]) * vector[i - 1];
  vector[n - 1] /= pivots[n - 1];
  for (let i = n - 2; i >= 0; i--) vector[i] = (vector[i] + below[i] * vector[i + 1]) / pivots[i];
  const norm = Math.hypot(...vector);
  for (let i = 0; i < n; i++) vector[i] /= norm;
}
