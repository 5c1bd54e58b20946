import { zeros, type Matrix } from '../matrix.js';
import { solveSecular, type SecularProblem } from './secular.js';

export interface Mixtures {
  /** Ascending. */
  readonly values: Float64Array;
  /** One eigenvector per row, of norm 1. */
  readonly weights: Matrix<Float64Array>;
}

/**
 * Eigenpairs of D + rho z z'.
 *
 * The eigenvectors are those of the very z that has the computed roots for eigenvalues, exactly: so they are
 * orthogonal, however close the roots.
 *
 * @source Gu & Eisenstat 1994, doi:10.1137/S089547989223924X (z from the roots by Loewner's formula).
 */
export function mixtures(problem: SecularProblem): Mixtures {
  const { d, z } = problem;
  const k = d.length;
  const values = new Float64Array(k);
  const weights = zeros(k, k, 'float64');
  const squares = new Float64Array(k).fill(1);
  for (let j = 0; j < k; j++) {
    const { origin, offset } = solveSecular(problem, j);
    values[j] = d[origin] + offset;
    const differences = weights.data.subarray(j * k, (j + 1) * k);
    for (let i = 0; i < k; i++) {
      differences[i] = d[i] - d[origin] - offset;
      squares[i] *= i === j ? -differences[i] : differences[i] / (d[i] - d[j]);
    }
  }
  const consistent = squares.map((square, i) => Math.sign(z[i]) * Math.sqrt(square));
  for (let j = 0; j < k; j++) toEigenvector(weights.data.subarray(j * k, (j + 1) * k), consistent);
  return { values, weights };
}

/** Overwrites d_i - root by z_i / (d_i - root), scaled to norm 1. */
function toEigenvector(differences: Float64Array, z: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    differences[i] = z[i] / differences[i];
    sum += differences[i] * differences[i];
  }
  const norm = Math.sqrt(sum);
  for (let i = 0; i < z.length; i++) differences[i] /= norm;
}
