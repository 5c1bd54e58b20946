import { labelled, type StimulusByVoxel } from '@striate/contracts';
import { scorePearson, scoreR2 } from '@striate/scoring';
import { inputOf, type Check, type Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

/** Pearson's r and R2 of predictions [stimulus, voxel] and responses. */
export const pearson: Check = {
  prefix: 'pearson',
  inputs: ['predictions', 'responses'],
  outputs: /^(r|r2)$/,
  async compute(given, precision) {
    const data = {
      predictions: matrixOf(given, 'predictions', precision),
      responses: matrixOf(given, 'responses', precision),
    };
    return { r: scorePearson(data).values, r2: scoreR2(data).values };
  },
};

function matrixOf(given: ReferenceCase, name: string, precision: Precision): StimulusByVoxel {
  const { shape, data } = inputOf(given, name, precision);
  return labelled(['stimulus', 'voxel'], [shape[0], shape[1]], data);
}
