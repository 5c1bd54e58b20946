// Responses with a known truth: a linear signal of the planted features, and noise.

import { labelled, type RepeatedResponses } from '@striate/contracts';
import { N_CELLS, N_ORIENTATIONS } from './oriented-energy.js';
import type { SyntheticOptions } from './options.js';
import { meaningFeatures, scenesOf, stimulusIdsOf, visionFeatures, type PlantedFeatures } from './planted.js';
import { randomStream, type RandomStream } from './random.js';

export const REGIONS = ['early', 'late', 'noise'] as const;

export function voxelIdsOf({ nVoxels }: SyntheticOptions): string[] {
  return REGIONS.flatMap((region) => Array.from({ length: nVoxels }, (_, i) => `${region}${i + 1}`));
}

/**
 * Make the responses: `y[r, i, v] = s[i, v] + noiseSd * e[r, i, v]`, e standard normal, s the planted signal with mean 0 and variance 1
 * over the stimuli (`early`: linear in oriented energy around a place of the image; `late`: linear in shape and colour), or 0 in `noise`.
 *
 * @returns [repetition, stimulus, voxel]; voxels by region.
 */
export function makeResponses(options: SyntheticOptions): RepeatedResponses {
  const { nStimuli, nVoxels, nRepetitions, noiseSd, seed } = options;
  const signal = plantedSignal(options);
  const noise = randomStream(seed, 'noise');
  const nColumns = REGIONS.length * nVoxels;
  const data = new Float32Array(nRepetitions * nStimuli * nColumns);
  for (let i = 0; i < data.length; i++) data[i] = signal[i % signal.length] + noiseSd * noise.normal();
  return {
    stimulusIds: stimulusIdsOf(options),
    voxelIds: voxelIdsOf(options),
    values: labelled(
      ['repetition', 'stimulus', 'voxel'],
      [nRepetitions, nStimuli, nColumns],
      data,
      'signal-standard-deviation',
    ),
  };
}

/**
 * The noise ceiling that was planted in `early` and `late`: the share of variance of responses averaged over the
 * repetitions that the signal explains, `1 / (1 + noiseSd^2 / nRepetitions)`. The correlation ceiling is its square root; both
 * are 0 in `noise`.
 */
export function plantedCeiling({
  noiseSd,
  nRepetitions,
}: Pick<SyntheticOptions, 'noiseSd' | 'nRepetitions'>): number {
  return 1 / (1 + noiseSd ** 2 / nRepetitions);
}

/** [stimulus, voxel]. */
function plantedSignal(options: SyntheticOptions): Float64Array {
  const { nStimuli, nVoxels, seed, imageSize } = options;
  const scenes = scenesOf(options);
  const vision = visionFeatures(scenes, imageSize);
  const meaning = meaningFeatures(scenes);
  const early = randomStream(seed, 'early weights');
  const late = randomStream(seed, 'late weights');
  const nColumns = REGIONS.length * nVoxels;
  const signal = new Float64Array(nStimuli * nColumns);
  for (let voxel = 0; voxel < nVoxels; voxel++) {
    const fields = [
      standardised(project(vision, receptiveField(early))),
      standardised(
        project(
          meaning,
          Float64Array.from({ length: meaning.nFeatures }, () => late.normal()),
        ),
      ),
    ];
    fields.forEach((values, region) => {
      for (let i = 0; i < nStimuli; i++) signal[i * nColumns + region * nVoxels + voxel] = values[i];
    });
  }
  return signal;
}

/** Weights of oriented energy: Gaussian around a place (sd one cell), von Mises around an orientation. */
function receptiveField(random: RandomStream): Float64Array {
  const [x, y] = [random.uniform(0, N_CELLS - 1), random.uniform(0, N_CELLS - 1)];
  const preferred = random.uniform(0, Math.PI);
  const weights: number[] = [];
  for (let orientation = 0; orientation < N_ORIENTATIONS; orientation++) {
    const tuning = Math.exp(Math.cos(2 * ((Math.PI * orientation) / N_ORIENTATIONS - preferred)));
    for (let row = 0; row < N_CELLS; row++) {
      for (let column = 0; column < N_CELLS; column++) {
        weights.push(tuning * Math.exp(-((column - x) ** 2 + (row - y) ** 2) / 2));
      }
    }
  }
  return Float64Array.from(weights);
}

function project({ values, nFeatures }: PlantedFeatures, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: values.length / nFeatures }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < nFeatures; k++) sum += values[i * nFeatures + k] * weights[k];
    return sum;
  });
}

/** Mean 0, variance 1 (over n). */
function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / sd);
}
