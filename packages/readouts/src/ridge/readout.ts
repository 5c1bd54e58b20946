// Ridge as a readout: closed form, one penalty per voxel, voxels that saw the same stimuli fitted together.

import type { Value } from '@striate/compute';
import type { FitRequest, FittedReadout, Readout, ReadoutState, Warning } from '@striate/contracts';
import { warnOfEdges } from './edges.js';
import { fitGroup, ridgeEngineOnDemand, type RidgeEngine } from './fit.js';
import { predict, type DualsOfGroup, type WeightsOfGroup } from './fitted.js';
import { forEachGroup, groupByMeasured, requireMeasuredFinite, warnOfUnmeasured } from './measured.js';
import { linearGraph } from './graph.js';
import { describeRidge, parseRidgeOptions, type RidgeOptions } from './options.js';
import { responseColumns } from './responses.js';
import { readerOf } from './rows.js';
import { readGroups, readPerVoxel, writeGroups, writePerVoxel } from './state.js';

export { createRidgeEngine, fitRidge, type RidgeEngine, type RidgeFit } from './fit.js';
export { parseRidgeOptions, type RidgeOptions } from './options.js';

/** Make the `ridge` readout. */
export function create(): Readout<RidgeOptions> {
  const open = ridgeEngineOnDemand();
  return {
    specVersion: 'v1',
    id: 'ridge',
    title: 'Ridge regression in closed form, one penalty per voxel by cross-validation',
    version: 4,
    isVoxelIndependent: true,
    accepts: 'any',
    parseOptions: parseRidgeOptions,
    describe: (options) => `Ridge regression in closed form (X'X + alpha I), ${describeRidge(options)}`,
    estimateMemory: ({ nStimuli, rowLength, nVoxels }, { alphas, folds }) => {
      const n = Math.min(nStimuli, rowLength);
      const features = rowLength <= nStimuli ? 3 * nStimuli * rowLength * 8 : 512e6;
      const resolvents = ((alphas.length / 2) * n * nStimuli * 4) / folds;
      const responses = 8 * nStimuli * nVoxels;
      return features + 4 * n * n * 8 + resolvents + 2 * n * nVoxels * 4 + responses + 320e6;
    },
    estimateWork: ({ nStimuli, rowLength, nVoxels }, { alphas, folds }) => {
      const n = Math.min(nStimuli, rowLength);
      return (
        2 * nStimuli * nStimuli * rowLength +
        folds * (alphas.length / 2) * 2 * n * (nStimuli / folds) * (nVoxels + n)
      );
    },
    doFit: (request, options) => fitRidgeReadout(open(), request, options),
    fromState: (state) => restore(open(), state),
  };
}

async function fitRidgeReadout(
  engine: RidgeEngine,
  request: FitRequest,
  options: RidgeOptions,
): Promise<FittedReadout> {
  const { inputs, responses, seed, signal, onProgress } = request;
  const nVoxels = responses.voxelIds.length;
  requireMeasuredFinite(responses, 'ridge');
  const perVoxel = {
    alpha: new Float64Array(nVoxels).fill(NaN),
    cvScore: new Float64Array(nVoxels).fill(NaN),
  };
  const parts: (WeightsOfGroup | DualsOfGroup)[] = [];
  const reader = readerOf(inputs.features);
  const groups = groupByMeasured(responses);
  await forEachGroup(groups, onProgress, async ({ voxels, rows }, onGroupProgress) => {
    const columns = responseColumns(responses.values, voxels, options);
    const data = { reader, rows, responses: columns, seed, onProgress: onGroupProgress };
    const fitted = await fitGroup(engine, { ...data, ...(signal ? { signal } : {}) }, options);
    voxels.forEach((voxel, i) => {
      perVoxel.alpha[voxel] = fitted.alphas[i];
      perVoxel.cvScore[voxel] = fitted.cvScores[i];
    });
    parts.push(fitted.part);
  });
  const warnings = [...warnOfUnmeasured(groups, nVoxels), ...warnOfEdges(perVoxel.alpha, options.alphas)];
  return fittedReadout(engine, { parts, nVoxels, nFeatures: reader.nFeatures, perVoxel, warnings });
}

interface Fitted {
  readonly parts: readonly (WeightsOfGroup | DualsOfGroup)[];
  readonly nVoxels: number;
  readonly nFeatures: number;
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly warnings: readonly Warning[];
}

function fittedReadout(engine: RidgeEngine, fitted: Fitted): FittedReadout {
  const { parts, nVoxels, nFeatures, perVoxel, warnings } = fitted;
  return {
    perVoxel,
    warnings,
    nParameters: nVoxels * (nFeatures + 1),
    doPredict: ({ features }, signal) =>
      predict(engine, parts, readerOf(features), {
        nStimuli: features.stimulusIds.length,
        nVoxels,
        ...(signal ? { signal } : {}),
      }),
    async toGraph({ features }) {
      const groups = readGroups(await writeGroups(engine.algebra, parts), parts.length);
      return linearGraph(groups, nVoxels, features as Value);
    },
    async toState() {
      const arrays = { ...(await writeGroups(engine.algebra, parts)), ...writePerVoxel(perVoxel) };
      return { arrays, values: { nParts: parts.length, nVoxels, nFeatures, warnings: [...warnings] } };
    },
  };
}

function restore(engine: RidgeEngine, { arrays, values }: ReadoutState): FittedReadout {
  const facts = values as { nParts: number; nVoxels: number; nFeatures: number; warnings: Warning[] };
  const parts = readGroups(arrays, facts.nParts);
  return fittedReadout(engine, { ...facts, parts, perVoxel: readPerVoxel(arrays) });
}
