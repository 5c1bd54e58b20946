// After the search: weights of each voxel at its field and penalty, from all training stimuli.

import { zeros, type Matrix } from '@striate/compute';
import type { StimulusByVoxel } from '@striate/contracts';
import { chosenCandidates, type Choice } from '../ridge/choice.js';
import type { RidgeEngine } from '../ridge/fit.js';
import { toWeights } from '../ridge/fitted.js';
import { responseColumns, wholeResponses } from '../ridge/responses.js';
import { solveAt } from '../ridge/solve.js';
import type { Field } from './fields.js';
import { poolFields } from './pool.js';
import { openPooled, type Search } from './search.js';

export interface FieldWeights {
  /** [channel, voxel], float32, on what the voxel's field sees. */
  readonly weights: Matrix;
  /** Per voxel; NaN for a voxel that was not fitted. */
  readonly intercepts: Float64Array;
}

/** Solve for all voxels that chose the same field together. */
export async function solveFields(
  engine: RidgeEngine,
  fields: readonly Field[],
  choice: Choice,
  responses: StimulusByVoxel,
  search: Search,
): Promise<FieldWeights> {
  const { pooling, groups, nVoxels, alphas, precision, onProgress } = search;
  const [nChannels] = pooling.shape;
  const solved: FieldWeights = {
    weights: zeros(nChannels, nVoxels, 'float32'),
    intercepts: new Float64Array(nVoxels).fill(NaN),
  };
  const chosen = chosenCandidates(choice);
  const chosenFields = chosen.map((position) => fields[position]);
  for await (const { position, pooled } of poolFields(pooling, chosenFields)) {
    for (const group of groups) {
      const voxels = group.voxels.filter((voxel) => choice.candidate[voxel] === chosen[position]);
      if (voxels.length === 0) continue;
      const { rows } = group;
      const form = await openPooled(engine, pooled, { rows, folds: [], precision });
      const { means, training } = wholeResponses(
        responseColumns(responses, voxels, { intercept: true, precision }),
        rows,
      );
      const best = voxels.map((voxel) => choice.penalty[voxel]);
      const solution = await solveAt(engine.algebra, await form.whole(), training, {
        best,
        alphas,
        precision,
      });
      const part = await form.fitted(solution, { voxels, means });
      const { weights, intercepts } = 'weights' in part ? part : await toWeights(engine.algebra, part);
      voxels.forEach((voxel, i) => {
        for (let channel = 0; channel < nChannels; channel++)
          solved.weights.data[channel * nVoxels + voxel] = weights.data[channel * voxels.length + i];
        solved.intercepts[voxel] = intercepts[i];
      });
    }
    onProgress?.((position + 1) / chosen.length);
  }
  return solved;
}
