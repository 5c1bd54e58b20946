// Random search: ridge at every penalty for each ratio between the feature spaces; each voxel keeps the best.

import { zeros, type Matrix } from '@striate/compute';
import { chooseBetter, chosenCandidates, nothingChosen, type Choice } from '../ridge/choice.js';
import { crossValidate, type CrossValidation } from '../ridge/cross-validate.js';
import { asWeights, type RidgeEngine } from '../ridge/fit.js';
import { toWeights, type DualsOfGroup, type WeightsOfGroup } from '../ridge/fitted.js';
import { cutFolds } from '../ridge/folds.js';
import {
  foldResponses,
  responseColumns,
  wholeResponses,
  type ReadResponses,
  type ResponseColumns,
} from '../ridge/responses.js';
import { readerOfMatrix } from '../ridge/rows.js';
import { solveAt } from '../ridge/solve.js';
import { openBanded, type Band, type BandedForm } from './form.js';
import type { BandedRidgeOptions } from './options.js';
import { drawRatios, type Ratios } from './ratios.js';

export interface BandedGroupData {
  readonly bands: readonly Band[];
  /** To choose from. */
  readonly ratios: readonly Ratios[];
  /** Rows of the bands and of the responses to train on. */
  readonly rows: Int32Array;
  readonly responses: ResponseColumns;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

export interface FittedBands {
  /** Per voxel of the group, a ratio and a penalty. */
  readonly choice: Choice;
  /** Means of the voxels' responses; zeros without an intercept. */
  readonly means: Float64Array;
  /** Per band. */
  readonly parts: readonly (WeightsOfGroup | DualsOfGroup)[];
}

/**
 * Fit banded ridge for voxels that saw the same stimuli.
 *
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI`, `STRIATE_NON_FINITE`.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function fitBandedGroup(
  engine: RidgeEngine,
  data: BandedGroupData,
  options: BandedRidgeOptions,
): Promise<FittedBands> {
  const { bands, ratios, rows, responses, seed, signal, onProgress } = data;
  const folds = cutFolds(rows.length, options.folds, options.shuffle ? seed : undefined);
  const form = await openBanded(engine, { ...options, bands, rows, folds });
  const nVoxels = responses.voxels.length;
  const validation: CrossValidation = {
    ...options,
    ...{ nVoxels, folds: folds.map((held) => foldResponses(responses, rows, held)) },
    ...(signal ? { signal } : {}),
  };
  const choice = nothingChosen(nVoxels);
  const statistics = await engine.statistics(options.precision);
  const voxels = Int32Array.from(choice.candidate.keys());
  for (const [candidate, ratio] of ratios.entries()) {
    const scores = await crossValidate(engine.algebra, statistics, form.withRatios(ratio), validation);
    chooseBetter(choice, candidate, voxels, scores);
    onProgress?.((candidate + 1) / ratios.length);
  }
  const { means, training } = wholeResponses(responses, rows);
  const solution = await solveChosen(engine, form, training, { choice, ratios, ...options });
  const chosen = Array.from(choice.candidate, (candidate) => ratios[candidate]);
  const parts: (WeightsOfGroup | DualsOfGroup)[] = [];
  for (const part of form.fitted(solution, chosen, { voxels: responses.voxels, means }))
    parts.push(await asWeights(engine.algebra, part));
  return { choice, means, parts };
}

/** Solve for all voxels that chose the same ratios together. */
async function solveChosen(
  { algebra }: RidgeEngine,
  form: BandedForm,
  responses: ReadResponses,
  {
    choice,
    ratios,
    alphas,
    precision,
  }: { choice: Choice; ratios: readonly Ratios[] } & Pick<BandedRidgeOptions, 'alphas' | 'precision'>,
): Promise<Matrix> {
  const nVoxels = choice.candidate.length;
  const solution: Matrix = zeros(form.size, nVoxels, precision);
  for (const candidate of chosenCandidates(choice)) {
    const voxels = Int32Array.from(choice.candidate.keys()).filter((v) => choice.candidate[v] === candidate);
    const best = voxels.map((voxel) => choice.penalty[voxel]);
    const ofThese = (some: Int32Array) => responses(some.map((voxel) => voxels[voxel]));
    const system = await form.withRatios(ratios[candidate]).whole();
    const { data } = await solveAt(algebra, system, ofThese, { best, alphas, precision });
    for (let row = 0, at = 0; row < form.size; row++)
      for (const voxel of voxels) solution.data[row * nVoxels + voxel] = data[at++];
  }
  return solution;
}

export interface BandedRidgeFit {
  /** [feature space, voxel]: the penalty of each, Infinity where the voxel gives a space no share. */
  readonly alphas: Matrix<Float64Array>;
  readonly cvScores: Float64Array;
  /** Per feature space, [feature, voxel]. */
  readonly weights: readonly Matrix[];
  readonly intercepts: Float64Array;
}

/**
 * Fit banded ridge to matrices that are in memory: one penalty per feature space and voxel, by cross-validation.
 *
 *     weights = argmin |Y - sum_b X_b W_b - 1 c'|^2 + sum_b alpha_b |W_b|^2,   alpha_b = alpha / ratio_b
 *
 * @param spaces  By name, [stimulus, feature] each, of one precision, finite.
 * @param y       [stimulus, voxel], finite.
 * @param ratios  To choose from, one share per space; drawn by seed if left out.
 * @returns Penalties, cross-validated scores, weights and intercepts.
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI`.
 * @source Dupre la Tour et al. 2022, doi:10.1016/j.neuroimage.2022.119728; reproduces himalaya's random search for given ratios.
 */
export async function fitBandedRidge(
  engine: RidgeEngine,
  spaces: Readonly<Record<string, Matrix>>,
  y: Matrix,
  options: BandedRidgeOptions,
  { seed = 0, ratios }: { readonly seed?: number; readonly ratios?: readonly Ratios[] } = {},
): Promise<BandedRidgeFit> {
  const bands = Object.entries(spaces).map(([name, x]) => ({ name, reader: readerOfMatrix(x) }));
  const columns = Int32Array.from({ length: y.columns }, (_, voxel) => voxel);
  const rows = Int32Array.from({ length: y.rows }, (_, row) => row);
  const values = { axes: ['stimulus', 'voxel'] as const, shape: [y.rows, y.columns] as const, data: y.data };
  const responses = responseColumns(values, columns, options);
  const tried = ratios ?? drawRatios(bands.length, options, seed);
  const data = { bands, ratios: tried, rows, responses, seed };
  const { choice, means, parts } = await fitBandedGroup(engine, data, options);
  const weights: Matrix[] = [];
  const intercepts = means.slice();
  for (const part of parts) {
    const own = 'weights' in part ? part : await toWeights(engine.algebra, part);
    weights.push(own.weights);
    own.intercepts.forEach((value, voxel) => (intercepts[voxel] += value));
  }
  return { alphas: penaltiesOf(choice, tried, options.alphas), cvScores: choice.score, weights, intercepts };
}

/** alpha / ratio, [feature space, voxel]; NaN for a voxel without a choice. */
export function penaltiesOf(
  { candidate, penalty }: Choice,
  ratios: readonly Ratios[],
  alphas: readonly number[],
): Matrix<Float64Array> {
  const penalties = zeros(ratios[0].length, candidate.length, 'float64');
  for (let band = 0, at = 0; band < penalties.rows; band++)
    for (let voxel = 0; voxel < penalties.columns; voxel++)
      penalties.data[at++] =
        candidate[voxel] < 0 ? NaN : alphas[penalty[voxel]] / ratios[candidate[voxel]][band];
  return penalties;
}
