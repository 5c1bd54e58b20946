// What need not be computed when two halves are put together: an eigenvector on which the coupling does not act stays
// what it was, and of two whose eigenvalues are the same, one may be turned until the coupling does not act on it.

/** Eigenvectors as rows, each with an eigenvalue and its share in the coupling. */
export interface Spectrum {
  readonly values: Float64Array;
  readonly z: Float64Array;
  /** Turns vectors i and j: (i, j) becomes (c i + s j, c j - s i). */
  turn(i: number, j: number, c: number, s: number): void;
}

export interface Deflation {
  /** Positions that take part, by ascending eigenvalue. */
  readonly active: readonly number[];
  /** Positions that stay what they are. */
  readonly settled: readonly number[];
}

/**
 * Sort out what the coupling acts on; values and z are changed where vectors are turned.
 *
 * @param rho Size of the coupling, rho z z' with z of norm 1.
 * @param tolerance What may be left out of the matrix.
 * @source Dongarra & Sorensen 1987, doi:10.1137/0908018, section 4; LAPACK's dlaed2.
 */
export function deflate({ values, z, turn }: Spectrum, rho: number, tolerance: number): Deflation {
  const order = Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
  const active: number[] = [];
  const settled: number[] = [];
  for (const next of order) {
    if (rho * Math.abs(z[next]) <= tolerance) {
      settled.push(next);
      continue;
    }
    const last = active.at(-1);
    if (last !== undefined) {
      const norm = Math.hypot(z[last], z[next]);
      const [c, s] = [z[next] / norm, z[last] / norm];
      if (Math.abs((values[next] - values[last]) * c * s) <= tolerance) {
        turn(next, last, c, s);
        const [low, high] = [values[last], values[next]];
        values[last] = low * c * c + high * s * s;
        values[next] = low * s * s + high * c * c;
        z[next] = norm;
        z[last] = 0;
        active.pop();
        settled.push(last);
      }
    }
    active.push(next);
  }
  return { active, settled };
}
