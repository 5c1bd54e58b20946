// Twenty penalties need not cost twenty times one. Along an eigenvector with eigenvalue l, a penalty a shrinks by
// h_a(l) = l / (l + a): smooth in log l, so that over a spectrum a few of these functions span all of them. A prediction at any
// penalty is then the same combination of the predictions at those few.

export interface PenaltyBasis {
  /** Positions of the chosen penalties. */
  readonly chosen: readonly number[];
  /** [penalty, chosen]: each penalty's predictions as a combination of the chosen ones'. */
  readonly weights: Float64Array;
}

const SAMPLES = 256;

/**
 * Choose penalties that span all of them over a spectrum.
 *
 * @param alphas    Penalties, each > 0.
 * @param spectrum  Smallest and largest eigenvalue; a smallest of 0 stands for a rank-deficient matrix.
 * @param tolerance Largest error of h_a (which is at most 1) anywhere in the spectrum.
 * @source Interpolative decomposition by column-pivoted QR: Cheng, Gimbutas, Martinsson & Rokhlin 2005, doi:10.1137/030602678.
 */
export function choosePenaltyBasis(
  alphas: readonly number[],
  spectrum: { readonly smallest: number; readonly largest: number },
  tolerance: number,
): PenaltyBasis {
  const samples = sampleSpectrum(spectrum, alphas[0]);
  const columns = alphas.map((alpha) => samples.map((value) => value / (value + alpha)));
  const chosen: number[] = [];
  const directions: Float64Array[] = [];
  const residuals = columns.map((column) => column.slice());
  for (;;) {
    const sizes = residuals.map(largestOf);
    const next = sizes.reduce((best, size, i) => (size > sizes[best] ? i : best), 0);
    if (chosen.length === alphas.length || (sizes[next] <= tolerance && chosen.length > 0)) break;
    const direction = normalised(orthogonalise(residuals[next].slice(), directions));
    chosen.push(next);
    directions.push(direction);
    for (const residual of residuals) subtract(residual, direction, dot(residual, direction));
    residuals[next].fill(0);
  }
  const weights = new Float64Array(alphas.length * chosen.length);
  columns.forEach((column, i) =>
    weights.set(solveWeights(column, columns, chosen, directions, i), i * chosen.length),
  );
  return { chosen, weights };
}

/** Log-spaced; far below the smallest penalty nothing is left to tell apart. */
function sampleSpectrum(
  { smallest, largest }: { smallest: number; largest: number },
  alpha: number,
): Float64Array {
  if (!(largest > 0)) return Float64Array.of(alpha);
  const from = Math.log(Math.max(smallest, Math.min(largest, alpha) * 1e-9));
  const step = (Math.log(largest) - from) / (SAMPLES - 1);
  return Float64Array.from({ length: SAMPLES }, (_, i) => Math.exp(from + i * step));
}

/** Weights w with column = sum_j w_j chosen_j: back substitution in R, where chosen = directions R. */
function solveWeights(
  column: Float64Array,
  columns: readonly Float64Array[],
  chosen: readonly number[],
  directions: readonly Float64Array[],
  position: number,
): Float64Array {
  const n = chosen.length;
  const weights = new Float64Array(n);
  const itself = chosen.indexOf(position);
  if (itself >= 0) {
    weights[itself] = 1;
    return weights;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = dot(column, directions[i]);
    for (let j = i + 1; j < n; j++) sum -= weights[j] * dot(columns[chosen[j]], directions[i]);
    weights[i] = sum / dot(columns[chosen[i]], directions[i]);
  }
  return weights;
}

/** Twice is enough (Kahan). */
function orthogonalise(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of directions) subtract(vector, direction, dot(vector, direction));
  }
  return vector;
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}

function subtract(vector: Float64Array, direction: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] -= factor * direction[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largestOf(vector: Float64Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return largest;
}
