// Fitted ridge: per group of voxels that saw the same stimuli, weights on the features - or, where the weights of a
// wide layer would be too large to hold, duals on the training stimuli, which are then read again.

import { inPrecision, precisionOf, rowsOf, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import type { StimulusByVoxel } from '@striate/contracts';
import { centreAcross, type Centring } from './kernel.js';
import type { InnerProducts } from './inner-products.js';
import { predictInBlocks, requireFittedLength } from './predict.js';
import type { RowReader } from './rows.js';

/** Training stimuli whose features are in memory at once. */
const ROWS = 512;

export interface WeightsOfGroup {
  /** Positions of the voxels. */
  readonly voxels: Int32Array;
  /** [feature, voxel]. */
  readonly weights: Matrix;
  readonly intercepts: Float64Array;
}

export interface DualsOfGroup {
  readonly voxels: Int32Array;
  readonly reader: RowReader;
  readonly rows: Int32Array;
  readonly scale?: Float64Array;
  /** [training stimulus, voxel]. */
  readonly duals: Matrix;
  readonly centring: Centring;
  readonly hasIntercept: boolean;
  readonly responseMeans: Float64Array;
}

export interface PredictionEngine {
  readonly algebra: LinearAlgebra;
  readonly innerProducts: InnerProducts;
}

/**
 * Predict responses.
 *
 * @param reader Features of any stimuli; the same layer as in training.
 * @returns [stimulus, voxel], float64.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` for features of another length, `STRIATE_NON_FINITE`.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function predict(
  engine: PredictionEngine,
  groups: readonly (WeightsOfGroup | DualsOfGroup)[],
  reader: RowReader,
  {
    nStimuli,
    nVoxels,
    signal,
  }: { readonly nStimuli: number; readonly nVoxels: number; readonly signal?: AbortSignal },
): Promise<StimulusByVoxel> {
  const asked = { readout: 'ridge', nStimuli, nVoxels, ...(signal ? { signal } : {}) };
  return predictInBlocks(asked, async (rows, put) => {
    for (const group of groups) {
      const { values, offsets } = await predictRows(engine, group, reader, rows);
      put(group.voxels, values, offsets);
    }
  });
}

async function predictRows(
  { algebra, innerProducts }: PredictionEngine,
  group: WeightsOfGroup | DualsOfGroup,
  reader: RowReader,
  rows: Int32Array,
): Promise<{ values: Matrix; offsets: Float64Array }> {
  if ('weights' in group) {
    requireFittedLength('ridge', reader.nFeatures, group.weights.rows);
    const x = await reader.read(rows);
    const { weights, intercepts } = group;
    const precise = weights.data instanceof Float64Array ? 'float64' : 'float32';
    return { values: await algebra.product(inPrecision(x, precise), weights), offsets: intercepts };
  }
  requireFittedLength('ridge', reader.nFeatures, group.reader.nFeatures);
  const train = { reader: group.reader, rows: group.rows };
  const products = await innerProducts({ reader, rows }, train, group.scale);
  const centred = centreAcross(products, group.centring, group.hasIntercept);
  const duals = inPrecision(group.duals, 'float64');
  return { values: await algebra.product(centred, duals), offsets: group.responseMeans };
}

/** From duals to weights, X' duals, block by block of training stimuli. */
export async function toWeights(algebra: LinearAlgebra, group: DualsOfGroup): Promise<WeightsOfGroup> {
  const { reader, rows, duals, voxels, scale, responseMeans, hasIntercept } = group;
  const { nFeatures } = reader;
  const precision = precisionOf(duals);
  const sum = zeros(nFeatures, voxels.length, precision as 'float32') as Matrix;
  const means = new Float64Array(nFeatures);
  for (let start = 0; start < rows.length; start += ROWS) {
    const part = rows.subarray(start, start + ROWS);
    const x = inPrecision(await reader.read(part), precision);
    for (let i = 0; i < x.data.length; i++) means[i % nFeatures] += x.data[i] / rows.length;
    await algebra.product(x, rowsOf(duals, start, start + part.length), {
      transposeA: true,
      add: sum,
      into: sum,
    });
  }
  if (scale) scaleRows(sum, scale);
  const intercepts = new Float64Array(voxels.length);
  for (let j = 0; j < voxels.length && hasIntercept; j++) {
    intercepts[j] = responseMeans[j];
    for (let i = 0; i < nFeatures; i++) intercepts[j] -= means[i] * sum.data[i * voxels.length + j];
  }
  return { voxels, weights: sum, intercepts };
}

/** On standardised features the weights are for x * scale, twice: once in the kernel, once in reading x. */
function scaleRows(weights: Matrix, scale: Float64Array): void {
  for (let i = 0; i < weights.rows; i++) {
    for (let j = 0; j < weights.columns; j++) weights.data[i * weights.columns + j] *= scale[i] * scale[i];
  }
}
