// The whole of ridge: choose a penalty per voxel, then solve for all voxels that chose the same one together.

import {
  applyReflectors,
  factorShifted,
  inPrecision,
  reduceToBand,
  reflectorsIn,
  solveShifted,
  transposed,
  zeros,
  type LinearAlgebra,
  type Matrix,
  type Precision,
  type Session,
} from '@striate/compute';
import { crossValidate, type CrossValidation } from './cross-validate.js';
import type { RidgeForm, RidgeSystem } from './form.js';
import type { ReadResponses } from './responses.js';

/** Voxels solved together; bounds the memory of one step. */
const BATCH = 1024;

export interface RidgeSolution {
  /** Chosen penalty, per voxel. */
  readonly alphas: Float64Array;
  /** Cross-validated score of the chosen penalty, per voxel. */
  readonly cvScores: Float64Array;
  /** (A + alpha I)^-1 R', [n, voxel]: weights of the primal form, duals of the kernel form. */
  readonly solution: Matrix;
}

/**
 * Choose penalties and solve.
 *
 * @param form  Primal or kernel; see `form.ts`.
 * @param whole Responses of all rows.
 * @returns Penalties, scores and the solution of every voxel.
 * @remarks Memory beyond the result: a few matrices [n, n], and batches of voxels.
 * @source Hoerl & Kennard 1970; choice per voxel as in himalaya (Dupre la Tour et al. 2022), whose cases it reproduces.
 */
export async function solveRidgeCv(
  algebra: LinearAlgebra,
  statistics: Session,
  form: RidgeForm,
  whole: ReadResponses,
  options: CrossValidation,
): Promise<RidgeSolution> {
  const { alphas, precision } = options;
  const scores = await crossValidate(algebra, statistics, form, options);
  const best = bestPerVoxel(scores, alphas.length);
  return {
    alphas: Float64Array.from(best, (penalty) => alphas[penalty]),
    cvScores: Float64Array.from(best, (penalty, voxel) => scores[voxel * alphas.length + penalty]),
    solution: await solveAt(algebra, await form.whole(), whole, { best, alphas, precision }),
  };
}

/** The first of the best; the largest penalty where every score is undefined. */
function bestPerVoxel(scores: Float64Array, nAlphas: number): Int32Array {
  return Int32Array.from({ length: scores.length / nAlphas }, (_, voxel) => {
    let best = -1;
    for (let penalty = 0; penalty < nAlphas; penalty++) {
      const score = scores[voxel * nAlphas + penalty];
      if (!Number.isNaN(score) && (best < 0 || score > scores[voxel * nAlphas + best])) best = penalty;
    }
    return best < 0 ? nAlphas - 1 : best;
  });
}

/**
 * Solve a system at the penalty of each voxel.
 *
 * @param responses Of all rows of the system.
 * @param best      Per voxel, the position of its penalty in `alphas`.
 * @returns (A + alpha I)^-1 R', [n, voxel].
 */
export async function solveAt(
  algebra: LinearAlgebra,
  { a, right }: RidgeSystem,
  responses: ReadResponses,
  { best, alphas, precision }: { best: Int32Array; alphas: readonly number[]; precision: Precision },
): Promise<Matrix> {
  const { band, reflectors } = await reduceToBand(algebra, a);
  const rotation = reflectorsIn(reflectors, precision);
  const solution = zeros(a.rows, best.length, precision as 'float32') as Matrix;
  for (const penalty of new Set(best)) {
    const factors = factorShifted(band, alphas[penalty]);
    const chosen = best.map((_, voxel) => voxel).filter((voxel) => best[voxel] === penalty);
    for (let start = 0; start < chosen.length; start += BATCH) {
      const voxels = chosen.subarray(start, start + BATCH);
      const sides = transposed(await right(responses(voxels)));
      const rotated = await applyReflectors(algebra, rotation, sides, { transpose: true });
      const solved = await solveShifted(algebra, band, factors, inPrecision(rotated, 'float64'));
      putColumns(solution, voxels, await applyReflectors(algebra, rotation, inPrecision(solved, precision)));
    }
  }
  return solution;
}

function putColumns(target: Matrix, columns: Int32Array, values: Matrix): void {
  for (let row = 0, at = 0; row < values.rows; row++) {
    for (const column of columns) target.data[row * target.columns + column] = values.data[at++];
  }
}
