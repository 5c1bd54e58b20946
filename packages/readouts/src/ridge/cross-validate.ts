// Scores of every penalty for every voxel, fold by fold.

import {
  applyReflectors,
  factorShifted,
  largestRowSum,
  pasteBlock,
  reduceToBand,
  reflectorsIn,
  solveShifted,
  transposed,
  tryFactorShifted,
  zeros,
  type Band,
  type LinearAlgebra,
  type Matrix,
  type Precision,
  type Session,
} from '@striate/compute';
import { aborted } from '@striate/contracts';
import type { FoldStatistics } from './fold-statistics.js';
import type { FoldSystem, RidgeForm } from './form.js';
import type { FoldResponses } from './responses.js';
import { choosePenaltyBasis, type PenaltyBasis } from './penalty-basis.js';

/** Values of a batch of voxels' predictions that stand in memory at once. */
const BATCH_VALUES = 8e6;

/** Of what stands for the penalties that are not computed: that of a sum of a thousand products. */
const TOLERANCE: Record<Precision, number> = { float32: 1e-6, float64: 1e-12 };

export interface CrossValidation {
  readonly alphas: readonly number[];
  /** One per fold of the form. */
  readonly folds: readonly FoldResponses[];
  readonly nVoxels: number;
  readonly scoreBy: 'mse' | 'correlation';
  readonly precision: Precision;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Score every penalty for every voxel by cross-validation.
 *
 * @returns [voxel, penalty]: minus the mean squared error, or the correlation, averaged over folds. NaN where a
 *   correlation is undefined in a fold.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function crossValidate(
  algebra: LinearAlgebra,
  statistics: Session,
  form: Pick<RidgeForm, 'withoutFold'>,
  options: CrossValidation,
): Promise<Float64Array> {
  const { alphas, folds, nVoxels, signal, onProgress } = options;
  const scores = new Float64Array(nVoxels * alphas.length);
  for (const [fold, responses] of folds.entries()) {
    const system = await form.withoutFold(fold);
    const { basis, reflectors, resolvents } = await makeResolvents(algebra, system, options);
    const nValidation = system.left.rows;
    const perBatch = Math.max(32, Math.floor(BATCH_VALUES / resolvents.columns));
    for (let start = 0; start < nVoxels; start += perBatch) {
      if (signal?.aborted) throw aborted('Fitting ridge');
      const voxels = Int32Array.from({ length: Math.min(perBatch, nVoxels - start) }, (_, i) => start + i);
      const truth = responses.validation(voxels);
      const right = transposed(await system.right(responses.training(voxels)));
      const rotated = await applyReflectors(algebra, reflectors, right, { transpose: true });
      const batch = { rotated, truth, resolvents, nChosen: basis.chosen.length, dtype: options.precision };
      const sums = await runStatistics(statistics, batch);
      addScores(scores, sums, truth, basis, voxels, { ...options, nValidation });
      onProgress?.((fold + (start + voxels.length) / nVoxels) / folds.length);
    }
  }
  return scores;
}

/**
 * What turns right sides into predictions, R Q (B + a I)^-1 Q' L' with A = Q B Q': the reflections of Q, and the rest for the
 * penalties that span all of them, side by side: [n, chosen * validation].
 */
async function makeResolvents(algebra: LinearAlgebra, system: FoldSystem, options: CrossValidation) {
  const { alphas, precision } = options;
  const { band, reflectors } = await reduceToBand(algebra, system.a);
  const basis = choosePenaltyBasis(alphas, boundSpectrum(band), TOLERANCE[precision]);
  const { rows: m, columns: n } = system.left;
  const rotated = await applyReflectors(algebra, reflectors, transposed(system.left), { transpose: true });
  const solved = zeros(n, m, 'float64');
  const resolvents = zeros(n, basis.chosen.length * m, precision as 'float32') as Matrix;
  for (const [place, chosen] of basis.chosen.entries()) {
    await solveShifted(algebra, band, factorShifted(band, alphas[chosen]), rotated, solved);
    pasteBlock(resolvents, 0, place * m, solved);
  }
  return { basis, reflectors: reflectorsIn(reflectors, precision), resolvents };
}

/** Bounds of the eigenvalues: the largest by sums of rows, the smallest by which shifts keep the matrix positive. */
function boundSpectrum(band: Band) {
  const largest = largestRowSum(band);
  let trace = 0;
  for (const block of band.diagonal)
    for (let i = 0; i < block.rows; i++) trace += Math.max(0, block.data[i * block.rows + i]);
  for (let shift = trace / band.size / 4; shift > largest * 1e-9; shift /= 4) {
    if (tryFactorShifted(band, -shift)) return { smallest: shift, largest };
  }
  return { smallest: 0, largest };
}

async function runStatistics(
  statistics: Session,
  {
    rotated,
    truth,
    resolvents,
    nChosen,
    dtype,
  }: Record<'rotated' | 'truth' | 'resolvents', Matrix> & { nChosen: number; dtype: Precision },
): Promise<FoldStatistics> {
  const shape = BigInt64Array.of(-1n, BigInt(nChosen), BigInt(truth.columns));
  const results = await statistics.run({
    rotated: { dtype, shape: [rotated.rows, rotated.columns], data: rotated.data },
    resolvent: { dtype, shape: [resolvents.rows, resolvents.columns], data: resolvents.data },
    responses: { dtype, shape: [truth.rows, 1, truth.columns], data: truth.data },
    shape: { dtype: 'int64', shape: [3], data: shape },
  });
  const dataOf = (name: string) => results[name].data as Float32Array | Float64Array;
  return { gram: dataOf('gram'), cross: dataOf('cross'), sums: dataOf('sums') };
}

/** From sums to scores: with predictions p = sum_j w_j p_j, all of |y - p|^2, sum p, |p|^2 and y'p are combinations. */
function addScores(
  scores: Float64Array,
  { gram, cross, sums }: FoldStatistics,
  truth: Matrix,
  { chosen, weights }: PenaltyBasis,
  voxels: Int32Array,
  options: CrossValidation & { readonly nValidation: number },
): void {
  const r = chosen.length;
  const { alphas, folds, nValidation: n, scoreBy } = options;
  for (let voxel = 0; voxel < truth.rows; voxel++) {
    let sumY = 0;
    let squareY = 0;
    for (let i = voxel * n; i < (voxel + 1) * n; i++) {
      sumY += truth.data[i];
      squareY += truth.data[i] * truth.data[i];
    }
    for (let penalty = 0; penalty < alphas.length; penalty++) {
      let [sumP, squareP, crossP] = [0, 0, 0];
      for (let j = 0; j < r; j++) {
        const wj = weights[penalty * r + j];
        sumP += wj * sums[voxel * r + j];
        crossP += wj * cross[voxel * r + j];
        let beside = 0;
        for (let k = 0; k < j; k++) beside += weights[penalty * r + k] * gram[(voxel * r + j) * r + k];
        squareP += wj * (2 * beside + wj * gram[(voxel * r + j) * r + j]);
      }
      const score =
        scoreBy === 'mse'
          ? -(squareY - 2 * crossP + squareP) / n
          : correlationOf({ n, sumY, squareY, sumP, squareP, crossP });
      scores[voxels[voxel] * alphas.length + penalty] += score / folds.length;
    }
  }
}

function correlationOf(s: {
  n: number;
  sumY: number;
  squareY: number;
  sumP: number;
  squareP: number;
  crossP: number;
}) {
  const varianceY = s.squareY - (s.sumY * s.sumY) / s.n;
  const varianceP = s.squareP - (s.sumP * s.sumP) / s.n;
  return (s.crossP - (s.sumY * s.sumP) / s.n) / Math.sqrt(varianceY * varianceP);
}
