// The direction of features that covaries most with the responses, by Lanczos' method: it finds the eigenvector in some tens of
// products where the power iteration, which NIPALS is, takes hundreds, and stalls where eigenvalues lie close together.

import { dominantPair } from './tridiagonal.js';
import { addScaled, dot } from './vectors.js';

/** A direction w of features by its coordinates c; with h, its image, <w1, w2> = c1 . h2. See `form.ts`. */
export interface Direction {
  readonly c: Float64Array;
  readonly h: Float64Array;
}

export interface Operator {
  /** Coordinates of C C' w, C being the covariance of features and responses, from the image of w. */
  covary(h: Float64Array): Promise<Float64Array>;
  /** The image of a direction, from its coordinates. */
  image(c: Float64Array): Promise<Float64Array>;
}

export interface DominantDirection extends Direction {
  /** |C' w|^2 at |w| = 1: the largest eigenvalue of C C'. */
  readonly covariance: number;
  readonly isConverged: boolean;
}

/** Length of C C' w - covariance w, in covariances: w is then off by 1e-6 where the next eigenvalue is a millionth smaller. */
const TOLERANCE = 1e-12;

/** Directions that are remembered at once, at most. */
const MOST_STEPS = 300;

/**
 * Find the eigenvector of C C' with the largest eigenvalue.
 *
 * @param start Any image; random, so that it is not orthogonal to what is looked for.
 * @returns It, with |w| = 1, as good as `mostSteps` steps make it; undefined where C C' has nothing along `start`.
 * @remarks Two products with a vector per step, and 4 m numbers of memory, m being the number of coordinates.
 * @source Lanczos 1950 with full reorthogonalisation: Golub & Van Loan, Matrix Computations, 4th ed., 10.3.
 */
export async function findDominant(
  operator: Operator,
  start: Float64Array,
  mostSteps = MOST_STEPS,
): Promise<DominantDirection | undefined> {
  const basis: Direction[] = [];
  const diagonal: number[] = [];
  const below: number[] = [];
  let next = await measure(operator, await operator.covary(start));
  while (next.norm > 0) {
    basis.push(normalised(next));
    const { h } = basis[basis.length - 1];
    const c = await operator.covary(h);
    diagonal.push(dot(c, h));
    if (!(diagonal[0] > 0)) break;
    orthogonalise(c, basis);
    next = await measure(operator, c);
    const { value: covariance, vector } = dominantPair(diagonal, below);
    const isConverged = next.norm * vector[vector.length - 1] <= TOLERANCE * covariance;
    if (isConverged || basis.length === mostSteps)
      return { ...combine(basis, vector), covariance, isConverged };
    below.push(next.norm);
  }
  return undefined;
}

interface Measured extends Direction {
  readonly norm: number;
}

async function measure(operator: Operator, c: Float64Array): Promise<Measured> {
  const h = await operator.image(c);
  return { c, h, norm: Math.sqrt(Math.max(0, dot(c, h))) };
}

function normalised({ c, h, norm }: Measured): Direction {
  return { c: c.map((value) => value / norm), h: h.map((value) => value / norm) };
}

/** Take from coordinates what they have along directions, in place. Twice is enough (Kahan). */
function orthogonalise(c: Float64Array, basis: readonly Direction[]): void {
  for (let pass = 0; pass < 2; pass++)
    for (const direction of basis) addScaled(c, direction.c, -dot(direction.h, c));
}

function combine(basis: readonly Direction[], weights: Float64Array): Direction {
  const c = new Float64Array(basis[0].c.length);
  const h = new Float64Array(c.length);
  basis.forEach((direction, i) => {
    addScaled(c, direction.c, weights[i]);
    addScaled(h, direction.h, weights[i]);
  });
  return { c, h };
}
