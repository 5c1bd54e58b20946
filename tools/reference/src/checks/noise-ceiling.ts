import { labelled, type RepeatedResponses } from '@striate/contracts';
import { estimateSignalAndNoise, explainableVariance } from '@striate/scoring';
import { inputOf, type Check, type Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

const CEILING = /^(nc|r_ceiling)_(\d+(?:\.\d+)?)$/;

/** The NSD noise ceiling of responses [repetition, stimulus, voxel], for averages over any number of repetitions. */
export const noiseCeiling: Check = {
  prefix: 'noise-ceiling-nsd',
  inputs: ['responses'],
  outputs: /^(noise_sd|signal_sd|ncsnr|(nc|r_ceiling)_\d+(\.\d+)?)$/,
  async compute(given, precision) {
    const responses = repeatedResponses(given, precision);
    const { noiseSd, signalSd, ncsnr } = estimateSignalAndNoise(responses, { zscore: true });
    return { noise_sd: noiseSd, signal_sd: signalSd, ncsnr, ...ceilingsAskedFor(given, ncsnr) };
  },
};

function ceilingsAskedFor(given: ReferenceCase, ncsnr: Float64Array): Record<string, Float64Array> {
  const ceilings: Record<string, Float64Array> = {};
  for (const name of given.arrays.keys()) {
    const [, kind, n] = CEILING.exec(name) ?? [];
    if (kind === undefined) continue;
    const variance = ncsnr.map((ratio) => explainableVariance(ratio, Number(n)));
    ceilings[name] = kind === 'nc' ? variance : variance.map(Math.sqrt);
  }
  return ceilings;
}

/** A trial that is NaN was not measured. */
function repeatedResponses(given: ReferenceCase, precision: Precision): RepeatedResponses {
  const { shape, data } = inputOf(given, 'responses', precision);
  const [nRepetitions, nStimuli, nVoxels] = shape;
  return {
    stimulusIds: Array.from({ length: nStimuli }, (_, s) => `stimulus ${s}`),
    voxelIds: Array.from({ length: nVoxels }, (_, v) => `voxel ${v}`),
    values: labelled(['repetition', 'stimulus', 'voxel'], [nRepetitions, nStimuli, nVoxels], data),
    observed: Uint8Array.from(data, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}
