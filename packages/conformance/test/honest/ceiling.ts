// A noise ceiling that keeps every promise: variance over repetitions against variance over stimuli, voxel by voxel.

import {
  optionsParser,
  tooFewRepetitions,
  type CeilingEstimate,
  type NoiseCeiling,
  type RepeatedResponses,
} from '@striate/contracts';
import type { CeilingSubject } from '../../src/index.js';

const NAME = 'plain-ceiling';

export function createPlainCeiling(): NoiseCeiling {
  return {
    specVersion: 'v1',
    id: NAME,
    title: 'Explainable share of variance',
    version: 1,
    parseOptions: optionsParser(NAME, {}),
    describe: () =>
      '(total variance - noise variance) / (total variance - noise variance + noise variance / k)',
    doEstimate: async (responses) => estimateCeiling(responses),
  };
}

export function estimateCeiling(responses: RepeatedResponses): CeilingEstimate {
  const nVoxels = responses.values.shape[2];
  const voxels = Array.from({ length: nVoxels }, (_, v) => ceilingOfVoxel(trialsOf(responses, v)));
  const variance = Float64Array.from(voxels, (voxel) => voxel.variance);
  return {
    method: NAME,
    variance,
    correlation: variance.map(Math.sqrt),
    nRepetitions: Float64Array.from(voxels, (voxel) => voxel.nRepetitions),
    perVoxel: { reliability: variance.slice() },
    nUndefined: variance.filter(Number.isNaN).length,
  };
}

/** Measured trials of each stimulus. */
function trialsOf({ values, observed }: RepeatedResponses, voxel: number): number[][] {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  return Array.from({ length: nStimuli }, (_, s) =>
    Array.from({ length: nRepetitions }, (_unused, k) => (k * nStimuli + s) * nVoxels + voxel)
      .filter((i) => !observed || observed[i])
      .map((i) => values.data[i]),
  );
}

function ceilingOfVoxel(trials: readonly number[][]): { variance: number; nRepetitions: number } {
  const k = Math.min(...trials.map((stimulus) => stimulus.length));
  if (k < 2) throw tooFewRepetitions({ method: NAME, needed: 2, given: k, where: 'a stimulus' });
  const noise = meanOf(trials.map(varianceOf));
  const total = varianceOf(trials.flat());
  const signal = Math.max(0, total - noise);
  return { variance: total === 0 ? NaN : signal / (signal + noise / k), nRepetitions: k };
}

function varianceOf(values: readonly number[]): number {
  if (new Set(values).size === 1) return 0;
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function honestCeiling(): CeilingSubject {
  return { plugin: NAME, ceiling: createPlainCeiling(), options: {} };
}
