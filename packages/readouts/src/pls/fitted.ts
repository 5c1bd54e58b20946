// Fitted partial least squares: per group of voxels that saw the same stimuli, what makes scores of features, and what each voxel
// has of each score. Weights [feature, voxel] are their product, which is never made: it would be larger than all else together.

import { zeros, type LinearAlgebra, type Matrix, type Value } from '@striate/compute';
import {
  rowLength,
  type FeatureRows,
  type FittedReadout,
  type StimulusByVoxel,
  type Warning,
} from '@striate/contracts';
import { predictInBlocks, requireFittedLength } from '../ridge/predict.js';
import { readerOf } from '../ridge/rows.js';
import type { Projection } from './form.js';
import { componentsGraph } from './graph.js';
import { writeState } from './state.js';

type Matrix64 = Matrix<Float64Array>;

export interface FittedGroup extends Projection {
  /** Positions of the voxels. */
  readonly voxels: Int32Array;
  /** [voxel, component]. */
  readonly loadings: Matrix64;
  /** Means of the training responses, per voxel. */
  readonly intercepts: Float64Array;
}

export interface FittedPls {
  readonly groups: readonly FittedGroup[];
  readonly nVoxels: number;
  readonly nFeatures: number;
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly warnings: readonly Warning[];
}

export function fittedReadout(algebra: LinearAlgebra, fitted: FittedPls): FittedReadout {
  const { groups, nVoxels, nFeatures, perVoxel, warnings } = fitted;
  return {
    perVoxel,
    warnings,
    nParameters: groups.reduce(
      (sum, { voxels, loadings }) => sum + loadings.columns * (nFeatures + voxels.length) + voxels.length,
      0,
    ),
    doPredict: ({ features }, signal) => predict(algebra, fitted, features, signal),
    toGraph: ({ features }) => Promise.resolve(componentsGraph(groups, nVoxels, features as Value)),
    toState: () => Promise.resolve(writeState(fitted)),
  };
}

/**
 * (x - means) rotations loadings' + intercepts, for the voxels of each group.
 *
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` for features of another length, `STRIATE_NON_FINITE`.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
async function predict(
  algebra: LinearAlgebra,
  { groups, nVoxels, nFeatures }: FittedPls,
  features: FeatureRows,
  signal: AbortSignal | undefined,
): Promise<StimulusByVoxel> {
  requireFittedLength('pls', rowLength(features), nFeatures);
  const nStimuli = features.stimulusIds.length;
  const reader = readerOf(features);
  const asked = { readout: 'pls', nStimuli, nVoxels, ...(signal ? { signal } : {}) };
  return predictInBlocks(asked, async (rows, put) => {
    const x = await reader.read(rows);
    for (const { voxels, means, rotations, loadings, intercepts } of groups) {
      const scores = await algebra.product(minusMeans(x, means), rotations);
      put(voxels, await algebra.product(scores, loadings, { transposeB: true }), intercepts);
    }
  });
}

/** A copy in float64. */
function minusMeans({ rows, columns, data }: Matrix, means: Float64Array): Matrix64 {
  const centred = zeros(rows, columns, 'float64');
  for (let row = 0, at = 0; row < rows; row++)
    for (let feature = 0; feature < columns; feature++, at++) centred.data[at] = data[at] - means[feature];
  return centred;
}
