// One group of voxels that saw the same stimuli: choose the form, choose penalties, solve.

import {
  createLinearAlgebra,
  type LinearAlgebra,
  type Matrix,
  type Precision,
  type Session,
} from '@striate/compute';
import { cutFolds } from './folds.js';
import type { RidgeForm } from './form.js';
import { openStatistics } from './fold-statistics.js';
import { toWeights, type DualsOfGroup, type WeightsOfGroup } from './fitted.js';
import { isShared, shareInnerProducts, type InnerProducts } from './inner-products.js';
import { openKernel, type KernelInputs } from './kernel.js';
import type { RidgeOptions } from './options.js';
import { openPrimal, primalForm } from './primal.js';
import { foldResponses, responseColumns, wholeResponses, type ResponseColumns } from './responses.js';
import { readerOfMatrix, type RowReader } from './rows.js';
import { solveRidgeCv } from './solve.js';

/** Weights larger than this are not made unless asked for; the duals predict as well. Nor where products are shared. */
const WEIGHT_BYTES = 256e6;

/** What fits share: products and the graph of the cross-validation, made once. */
export interface RidgeEngine {
  readonly algebra: LinearAlgebra;
  readonly innerProducts: InnerProducts;
  statistics(precision: Precision): Promise<Session>;
  dispose(): Promise<void>;
}

export function createRidgeEngine(): RidgeEngine {
  const algebra = createLinearAlgebra();
  const sessions = new Map<Precision, Promise<Session>>();
  return {
    algebra,
    innerProducts: shareInnerProducts(algebra),
    statistics(precision) {
      let session = sessions.get(precision);
      if (!session) sessions.set(precision, (session = openStatistics(precision)));
      return session;
    },
    async dispose() {
      await algebra.dispose();
      for (const session of sessions.values()) await (await session).dispose();
      sessions.clear();
    },
  };
}

/** Sessions are opened at the first fit, and live as long as the readout. */
export function ridgeEngineOnDemand(): () => RidgeEngine {
  let engine: RidgeEngine | undefined;
  return () => (engine ??= createRidgeEngine());
}

export interface GroupData {
  readonly reader: RowReader;
  /** Rows of reader and responses to train on. */
  readonly rows: Int32Array;
  readonly responses: ResponseColumns;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

export interface FittedGroup {
  readonly alphas: Float64Array;
  readonly cvScores: Float64Array;
  readonly part: WeightsOfGroup | DualsOfGroup;
}

/**
 * Fit ridge for voxels that saw the same stimuli, in the form that is the smaller system.
 *
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI`, `STRIATE_NON_FINITE`.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function fitGroup(
  engine: RidgeEngine,
  data: GroupData,
  options: RidgeOptions,
): Promise<FittedGroup> {
  const { rows, reader, seed, responses, signal, onProgress } = data;
  const folds = cutFolds(rows.length, options.folds, options.shuffle ? seed : undefined);
  const scale = options.standardise ? await standardScale(reader, rows) : undefined;
  const form = await openForm(engine, { ...options, reader, rows, folds, ...(scale ? { scale } : {}) });
  const { means, training } = wholeResponses(responses, rows);
  const statistics = await engine.statistics(options.precision);
  const { alphas, cvScores, solution } = await solveRidgeCv(engine.algebra, statistics, form, training, {
    ...options,
    folds: folds.map((held) => foldResponses(responses, rows, held)),
    nVoxels: responses.voxels.length,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const part = await form.fitted(solution, { voxels: responses.voxels, means });
  return { alphas, cvScores, part: await asWeights(engine.algebra, part) };
}

/** The form that is the smaller system. */
export async function openForm(engine: RidgeEngine, inputs: KernelInputs): Promise<RidgeForm> {
  const { reader, rows, scale } = inputs;
  if (reader.nFeatures > rows.length) return openKernel(engine.innerProducts, inputs);
  return primalForm(await openPrimal(engine.algebra, await reader.read(rows), inputs), scale);
}

/** Weights, where they are small enough to be worth it. */
export async function asWeights(
  algebra: LinearAlgebra,
  part: WeightsOfGroup | DualsOfGroup,
): Promise<WeightsOfGroup | DualsOfGroup> {
  if ('weights' in part || (isShared(part) && !part.scale)) return part;
  const isSmall = part.reader.nFeatures * part.voxels.length * 4 <= WEIGHT_BYTES;
  return isSmall ? toWeights(algebra, part) : part;
}

/** 1 / standard deviation over the training stimuli; 1 for a constant feature. */
export async function standardScale(reader: RowReader, rows: Int32Array): Promise<Float64Array> {
  const sums = new Float64Array(reader.nFeatures);
  const squares = new Float64Array(reader.nFeatures);
  const first = (await reader.read(rows.subarray(0, 1))).data;
  for (let start = 0; start < rows.length; start += 256) {
    const { data } = await reader.read(rows.subarray(start, start + 256));
    for (let i = 0; i < data.length; i++) {
      const feature = i % reader.nFeatures;
      const value = data[i] - first[feature]; // shifted, so that a large mean costs no digits
      sums[feature] += value;
      squares[feature] += value * value;
    }
  }
  return squares.map((square, feature) => {
    const variance = square / rows.length - (sums[feature] / rows.length) ** 2;
    return variance > 0 ? 1 / Math.sqrt(variance) : 1;
  });
}

export interface RidgeFit {
  readonly alphas: Float64Array;
  readonly cvScores: Float64Array;
  /** [feature, voxel]. */
  readonly weights: Matrix;
  readonly intercepts: Float64Array;
}

/**
 * Fit ridge to matrices that are in memory, one penalty per voxel by cross-validation.
 *
 *     weights = argmin |Y - X W - 1 b'|^2 + alpha |W|^2,   alpha by the best mean score over folds
 *
 * @param x [stimulus, feature], float32 or float64, finite.
 * @param y [stimulus, voxel], finite.
 * @returns Penalties, their cross-validated scores, weights and intercepts.
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI`.
 * @source Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634; reproduces himalaya's RidgeCV.
 */
export async function fitRidge(
  engine: RidgeEngine,
  x: Matrix,
  y: Matrix,
  options: RidgeOptions,
  seed = 0,
): Promise<RidgeFit> {
  const voxels = Int32Array.from({ length: y.columns }, (_, voxel) => voxel);
  const rows = Int32Array.from({ length: x.rows }, (_, row) => row);
  const responses = responseColumns(
    { axes: ['stimulus', 'voxel'], shape: [y.rows, y.columns], data: y.data },
    voxels,
    options,
  );
  const data = { reader: readerOfMatrix(x), rows, responses, seed };
  const { alphas, cvScores, part } = await fitGroup(engine, data, options);
  const { weights, intercepts } = 'weights' in part ? part : await toWeights(engine.algebra, part);
  return { alphas, cvScores, weights, intercepts };
}
