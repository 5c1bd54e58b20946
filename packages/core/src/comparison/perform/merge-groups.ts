// Fits of groups of voxels, put together as one.

import {
  labelled,
  type FittedReadout,
  type FloatArray,
  type PredictionParts,
  type StimulusByVoxel,
  type Warning,
} from '@striate/contracts';
import type { Artefact } from '../../store/index.js';
import { asParts } from './parts.js';
import { perVoxel } from './surroundings.js';
import { sumWarnings } from './sum-warnings.js';

/** Names of diagnostics in the artefact of a fit begin with this. */
export const DIAGNOSTIC = 'voxel:';
/** Name of the predictions in the artefact of a fit. */
export const PREDICTIONS = 'predictions';

/** Gather predictions, diagnostics and warnings, group by group; what a group lacks is NaN there. */
export function mergeGroups(nStimuli: number, nVoxels: number) {
  const predictions = collectColumns(nStimuli, nVoxels);
  const diagnostics = new Map<string, Float64Array>();
  const warnings: Warning[] = [];
  let nParameters = 0;
  return {
    add(
      voxels: readonly number[],
      fitted: FittedReadout,
      predicted: StimulusByVoxel,
      parts?: PredictionParts,
    ) {
      nParameters += fitted.nParameters;
      warnings.push(...fitted.warnings);
      predictions.add(PREDICTIONS, voxels, predicted);
      for (const [name, part] of Object.entries(asParts(parts ?? {}))) predictions.add(name, voxels, part);
      for (const [name, values] of Object.entries(fitted.perVoxel)) {
        const all = diagnostics.get(name) ?? new Float64Array(nVoxels).fill(Number.NaN);
        voxels.forEach((voxel, i) => (all[voxel] = values[i]));
        diagnostics.set(name, all);
      }
    },
    finish: (): Artefact => ({
      values: { nParameters, warnings: sumWarnings(warnings) },
      arrays: {
        ...predictions.finish(),
        ...Object.fromEntries(
          [...diagnostics].map(([name, values]) => [DIAGNOSTIC + name, perVoxel(values)]),
        ),
      },
    }),
  };
}

/** Columns of matrices [stimulus, voxel], by the matrix' name; they keep their precision. */
function collectColumns(nStimuli: number, nVoxels: number) {
  const matrices = new Map<string, FloatArray>();
  return {
    add(name: string, voxels: readonly number[], { data }: StimulusByVoxel): void {
      const length = nStimuli * nVoxels;
      const all =
        matrices.get(name) ??
        (data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)).fill(Number.NaN);
      for (let row = 0, at = 0; row < nStimuli; row++)
        for (const voxel of voxels) all[row * nVoxels + voxel] = data[at++];
      matrices.set(name, all);
    },
    finish: () =>
      Object.fromEntries(
        [...matrices].map(([name, data]) => [
          name,
          labelled(['stimulus', 'voxel'], [nStimuli, nVoxels], data),
        ]),
      ),
  };
}
