// The search: for each candidate field, ridge at every penalty for all voxels at once; each voxel keeps what predicts its
// held-out responses best.

import type { Matrix, Precision } from '@striate/compute';
import { chooseBetter, nothingChosen, type Choice } from '../ridge/choice.js';
import { crossValidate } from '../ridge/cross-validate.js';
import { openForm, standardScale, type RidgeEngine } from '../ridge/fit.js';
import type { FormInputs, RidgeForm } from '../ridge/form.js';
import type { FoldResponses } from '../ridge/responses.js';
import { readerOfMatrix } from '../ridge/rows.js';
import type { Field } from './fields.js';
import { poolFields, type Pooling } from './pool.js';

/** Voxels that saw the same stimuli. */
export interface SearchGroup {
  readonly voxels: Int32Array;
  readonly rows: Int32Array;
  /** Positions in `rows` on which fields and penalties are chosen. */
  readonly heldOut: Int32Array;
  readonly responses: FoldResponses;
}

export interface Search {
  readonly pooling: Pooling;
  readonly groups: readonly SearchGroup[];
  readonly nVoxels: number;
  readonly alphas: readonly number[];
  readonly precision: Precision;
  readonly onProgress?: (fraction: number) => void;
}

/** Choose a field and a penalty for each voxel, by minus the mean squared error on the held-out stimuli. */
export async function searchFields(
  engine: RidgeEngine,
  fields: readonly Field[],
  search: Search,
): Promise<Choice> {
  const { pooling, groups, nVoxels, alphas, precision, onProgress } = search;
  const choice = nothingChosen(nVoxels);
  const statistics = await engine.statistics(precision);
  const { signal } = pooling;
  for await (const { position, pooled } of poolFields(pooling, fields)) {
    for (const group of groups) {
      const { rows, voxels, heldOut, responses } = group;
      const form = await openPooled(engine, pooled, { rows, folds: [heldOut], precision });
      const scores = await crossValidate(engine.algebra, statistics, form, {
        ...{ alphas, precision, scoreBy: 'mse', folds: [responses], nVoxels: voxels.length },
        ...(signal ? { signal } : {}),
      });
      chooseBetter(choice, position, voxels, scores);
    }
    onProgress?.((position + 1) / fields.length);
  }
  return choice;
}

/** Ridge on what one field sees, [stimulus, channel]: channels standardised over the rows, with an intercept. */
export async function openPooled(
  engine: RidgeEngine,
  pooled: Matrix,
  inputs: Omit<FormInputs, 'intercept'>,
): Promise<RidgeForm> {
  const reader = readerOfMatrix(pooled);
  const scale = await standardScale(reader, inputs.rows);
  return openForm(engine, { ...inputs, reader, scale, intercept: true });
}
