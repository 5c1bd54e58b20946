// Fitted fwRF: per voxel a field, weights of channels, and an intercept.

import { zeros, type Matrix, type Value } from '@striate/compute';
import {
  labelled,
  type FittedReadout,
  type MapShape,
  type ReadoutInputs,
  type ReadoutState,
  type StimulusByVoxel,
  type Warning,
} from '@striate/contracts';
import type { RidgeEngine } from '../ridge/fit.js';
import { readPerVoxel, writePerVoxel } from '../ridge/state.js';
import { requireFittedShape } from '../features/map-shape.js';
import { fieldsGraph } from './graph.js';
import { groupByField } from './group-by-field.js';
import { poolFields } from './pool.js';
import type { FieldWeights } from './solve.js';

export interface FittedFields extends FieldWeights {
  /** Of the maps that it was fitted on. */
  readonly shape: MapShape;
  /** Among them `fieldX`, `fieldY` and `fieldSize`, in half widths and heights of the map from its middle. */
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly warnings: readonly Warning[];
}

export function fittedReadout(engine: RidgeEngine, fitted: FittedFields): FittedReadout {
  const { weights, intercepts, shape, perVoxel, warnings } = fitted;
  const nVoxels = weights.columns;
  return {
    perVoxel,
    warnings,
    nParameters: nVoxels * (shape[0] + 4), // weights, intercept; x, y and size of the field
    doPredict: (inputs, signal) => predictThroughFields(engine, fitted, inputs, signal),
    toGraph: async ({ features }) => fieldsGraph(fitted, features as Value),
    async toState() {
      const arrays: ReadoutState['arrays'] = {
        weights: labelled(['channel', 'voxel'], [weights.rows, nVoxels], weights.data),
        intercepts: labelled(['voxel'], [nVoxels], intercepts),
        ...writePerVoxel(perVoxel),
      };
      return { arrays, values: { shape: [...shape], warnings: [...warnings] } };
    },
  };
}

export function restoreFields(engine: RidgeEngine, { arrays, values }: ReadoutState): FittedReadout {
  const { shape, warnings } = values as Pick<FittedFields, 'shape' | 'warnings'>;
  const [rows, columns] = arrays['weights'].shape;
  return fittedReadout(engine, {
    ...{ shape, warnings, perVoxel: readPerVoxel(arrays) },
    weights: { rows, columns, data: arrays['weights'].data },
    intercepts: Float64Array.from(arrays['intercepts'].data),
  });
}

async function predictThroughFields(
  { algebra }: RidgeEngine,
  fitted: FittedFields,
  { features }: ReadoutInputs,
  signal: AbortSignal | undefined,
): Promise<StimulusByVoxel> {
  const { shape, weights, intercepts } = fitted;
  requireFittedShape('fwrf', shape, features);
  const [nStimuli, nVoxels] = [features.stimulusIds.length, weights.columns];
  const data = new Float64Array(nStimuli * nVoxels).fill(NaN);
  const looking = groupByField(fitted);
  const pooling = { algebra, features, shape, ...(signal ? { signal } : {}) };
  const fields = looking.map(({ field }) => field);
  for await (const { position, pooled } of poolFields(pooling, fields)) {
    const { voxels } = looking[position];
    const values = await algebra.product(pooled, pickColumns(weights, voxels));
    for (let s = 0, at = 0; s < nStimuli; s++)
      for (const voxel of voxels) data[s * nVoxels + voxel] = values.data[at++] + intercepts[voxel];
  }
  return { axes: ['stimulus', 'voxel'], shape: [nStimuli, nVoxels], data };
}

function pickColumns(source: Matrix, columns: readonly number[]): Matrix {
  const picked = zeros(source.rows, columns.length, 'float32');
  for (let row = 0, at = 0; row < source.rows; row++)
    for (const column of columns) picked.data[at++] = source.data[row * source.columns + column];
  return picked;
}
