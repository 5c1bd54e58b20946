// Fits of groups of voxels, put together as one.

import {
  labelled,
  type FittedReadout,
  type FloatArray,
  type StimulusByVoxel,
  type Warning,
} from '@striate/contracts';
import type { Artefact } from '../../store/index.js';
import { perVoxel } from './surroundings.js';
import { sumWarnings } from './sum-warnings.js';

/** Names of diagnostics in the artefact of a fit begin with this. */
export const DIAGNOSTIC = 'voxel:';

/** Gather predictions, diagnostics and warnings, group by group; a diagnostic that a group lacks is NaN there. */
export function mergeGroups(nStimuli: number, nVoxels: number) {
  let predictions: FloatArray = new Float32Array(0);
  const diagnostics = new Map<string, Float64Array>();
  const warnings: Warning[] = [];
  let nParameters = 0;
  return {
    add(voxels: readonly number[], fitted: FittedReadout, { data }: StimulusByVoxel): void {
      nParameters += fitted.nParameters;
      warnings.push(...fitted.warnings);
      if (predictions.length === 0) predictions = zerosLike(data, nStimuli * nVoxels);
      for (let row = 0, at = 0; row < nStimuli; row++)
        for (const voxel of voxels) predictions[row * nVoxels + voxel] = data[at++];
      for (const [name, values] of Object.entries(fitted.perVoxel)) {
        const all = diagnostics.get(name) ?? new Float64Array(nVoxels).fill(Number.NaN);
        voxels.forEach((voxel, i) => (all[voxel] = values[i]));
        diagnostics.set(name, all);
      }
    },
    finish: (): Artefact => ({
      values: { nParameters, warnings: sumWarnings(warnings) },
      arrays: {
        predictions: labelled(['stimulus', 'voxel'], [nStimuli, nVoxels], predictions),
        ...Object.fromEntries(
          [...diagnostics].map(([name, values]) => [DIAGNOSTIC + name, perVoxel(values)]),
        ),
      },
    }),
  };
}

/** Predictions keep their precision. */
function zerosLike(data: FloatArray, length: number): FloatArray {
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}
