// Ridge as a readout: closed form, one penalty per voxel, voxels that saw the same stimuli fitted together.

import {
  labelled,
  nonFinite,
  tooFewStimuli,
  type FitRequest,
  type FittedReadout,
  type MeanResponses,
  type Readout,
  type ReadoutState,
  type Warning,
} from '@striate/contracts';
import { createRidgeEngine, fitGroup, type RidgeEngine } from './fit.js';
import { predict, toWeights, type DualsOfGroup, type WeightsOfGroup } from './fitted.js';
import { responseColumns } from './form.js';
import { parseRidgeOptions, type RidgeOptions } from './options.js';
import { readerOf } from './rows.js';

/** Make the `ridge` readout. Engine sessions are opened at the first fit and live as long as the readout. */
export function createRidge(): Readout<RidgeOptions> {
  let engine: RidgeEngine | undefined;
  const open = () => (engine ??= createRidgeEngine());
  return {
    specVersion: 'v1',
    id: 'ridge',
    title: 'Ridge regression in closed form, one penalty per voxel by cross-validation',
    version: 2,
    isVoxelIndependent: true,
    accepts: 'any',
    parseOptions: parseRidgeOptions,
    describe: describeOptions,
    estimateMemory: ({ nStimuli, rowLength, nVoxels }, { alphas }) => {
      const n = Math.min(nStimuli, rowLength);
      const features = rowLength <= nStimuli ? 3 * nStimuli * rowLength * 8 : 512e6;
      return features + 6 * n * n * 8 + (alphas.length / 2) * n * n * 4 + 2 * n * nVoxels * 4 + 128e6;
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
  requireObservedFinite(responses);
  const perVoxel = { alpha: filled(nVoxels), cvScore: filled(nVoxels) };
  const parts: (WeightsOfGroup | DualsOfGroup)[] = [];
  const reader = readerOf(inputs.features);
  for (const { voxels, rows } of groupByObserved(responses)) {
    const columns = responseColumns(responses.values, voxels, options);
    const data = { reader, rows, voxels, responses: columns, seed };
    const hooks = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
    const fitted = await fitGroup(engine, { ...data, ...hooks }, options);
    voxels.forEach((voxel, i) => {
      perVoxel.alpha[voxel] = fitted.alphas[i];
      perVoxel.cvScore[voxel] = fitted.cvScores[i];
    });
    parts.push(fitted.part);
  }
  const warnings = warnOfEdges(perVoxel.alpha, options.alphas);
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
    async toState() {
      const arrays: Record<string, ReadoutState['arrays'][string]> = {};
      for (const [i, part] of parts.entries()) {
        const { voxels, weights, intercepts } =
          'weights' in part ? part : await toWeights(engine.algebra, part);
        arrays[`voxels${i}`] = labelled(['voxel'], [voxels.length], Float64Array.from(voxels));
        arrays[`weights${i}`] = labelled(['feature', 'voxel'], [weights.rows, weights.columns], weights.data);
        arrays[`intercepts${i}`] = labelled(['voxel'], [voxels.length], intercepts);
      }
      for (const [name, values] of Object.entries(perVoxel))
        arrays[name] = labelled(['voxel'], [nVoxels], values);
      return { arrays, values: { nParts: parts.length, nVoxels, nFeatures, warnings: [...warnings] } };
    },
  };
}

function restore(engine: RidgeEngine, { arrays, values }: ReadoutState): FittedReadout {
  const facts = values as { nParts: number; nVoxels: number; nFeatures: number; warnings: Warning[] };
  const parts = Array.from({ length: facts.nParts }, (_, i): WeightsOfGroup => {
    const { shape, data } = arrays[`weights${i}`];
    return {
      voxels: Int32Array.from(arrays[`voxels${i}`].data),
      weights: { rows: shape[0], columns: shape[1], data },
      intercepts: Float64Array.from(arrays[`intercepts${i}`].data),
    };
  });
  const perVoxel = {
    alpha: Float64Array.from(arrays['alpha'].data),
    cvScore: Float64Array.from(arrays['cvScore'].data),
  };
  return fittedReadout(engine, { ...facts, parts, perVoxel });
}

/** Voxels with the same observed stimuli, and those stimuli's rows. */
function groupByObserved(responses: MeanResponses): { voxels: Int32Array; rows: Int32Array }[] {
  const [nStimuli, nVoxels] = responses.values.shape;
  const { observed } = responses;
  const groups = new Map<string, number[]>();
  const everyRow = Array.from({ length: nStimuli }, (_, row) => row);
  for (let voxel = 0; voxel < nVoxels; voxel++) {
    const pattern = observed ? everyRow.map((row) => observed[row * nVoxels + voxel]).join('') : '';
    const group = groups.get(pattern);
    if (group) group.push(voxel);
    else groups.set(pattern, [voxel]);
  }
  return [...groups.values()].map((voxels) => {
    const rows = everyRow.filter((row) => !observed || observed[row * nVoxels + voxels[0]]);
    if (rows.length === 0) {
      const why = `voxel "${responses.voxelIds[voxels[0]]}" was measured with none of them`;
      throw tooFewStimuli({ readout: 'ridge', needed: 3, given: 0, why });
    }
    return { voxels: Int32Array.from(voxels), rows: Int32Array.from(rows) };
  });
}

function requireObservedFinite({ values, observed, stimulusIds, voxelIds }: MeanResponses): void {
  const isBad = (value: number, i: number) => !Number.isFinite(value) && (!observed || observed[i] === 1);
  const first = values.data.findIndex(isBad as never);
  if (first < 0) return;
  let count = 0;
  values.data.forEach((value, i) => (count += Number(isBad(value, i))));
  const where = `stimulus "${stimulusIds[Math.floor(first / voxelIds.length)]}", voxel "${voxelIds[first % voxelIds.length]}"`;
  throw nonFinite({ what: 'Responses for ridge', count, total: values.data.length, first: where });
}

function warnOfEdges(chosen: Float64Array, alphas: readonly number[]): Warning[] {
  if (alphas.length < 2) return [];
  const [lowest, highest] = [alphas[0], alphas[alphas.length - 1]];
  const count = chosen.reduce((sum, alpha) => sum + Number(alpha === lowest || alpha === highest), 0);
  if (count === 0) return [];
  const message =
    'The chosen penalty of some voxels is the smallest or the largest of the grid; a wider grid may fit them better. ' +
    'At the largest it may also mean that the features say nothing about the voxel.';
  return [{ code: 'alpha-at-edge', message, count, total: chosen.length }];
}

function describeOptions(options: RidgeOptions): string {
  const { alphas, folds, shuffle, scoreBy, intercept, standardise, precision } = options;
  const grid =
    alphas.length === 1
      ? `the penalty ${alphas[0]}`
      : `one of ${alphas.length} penalties from ${alphas[0].toPrecision(3)} to ${alphas[alphas.length - 1].toPrecision(3)}`;
  return [
    `Ridge regression in closed form (X'X + alpha I), ${grid}, chosen per voxel`,
    `by ${scoreBy === 'mse' ? 'mean squared error' : 'correlation'} over ${folds} ${shuffle ? 'shuffled' : 'contiguous'} folds of the training stimuli`,
    `${intercept ? 'with' : 'without'} intercept, features ${standardise ? 'standardised' : 'not scaled'}, ${precision} products`,
  ].join(', ');
}

function filled(n: number): Float64Array {
  return new Float64Array(n).fill(Number.NaN);
}
