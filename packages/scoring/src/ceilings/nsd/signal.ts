// How much of a voxel's variance is signal and how much is noise, told from repetitions. Two passes over the trials:
// one for the total variance, one for the variance within each stimulus.

import type { RepeatedResponses } from '@striate/contracts';
import { Moments } from '../../moments/moments.js';

export interface NsdOptions {
  /** True: z-score each voxel over all its trials first. False: trials come z-scored (e.g. within sessions), and their
   * variance is taken to be 1. */
  readonly zscore: boolean;
}

/** Per voxel, in units of the standard deviation of all its trials; NaN where undefined. */
export interface SignalAndNoise {
  readonly noiseSd: Float64Array;
  readonly signalSd: Float64Array;
  /** Noise-ceiling signal-to-noise ratio, signalSd / noiseSd. */
  readonly ncsnr: Float64Array;
}

/**
 * Split the variance of single-trial responses into signal and noise, voxel by voxel.
 *
 *     noise^2 = mean over stimuli with n >= 2 of the variance over repetitions (ddof 1)
 *     signal^2 = max(0, 1 - noise^2),   ncsnr = signal / noise
 *
 * @param responses Single trials, [repetition, stimulus, voxel], any unit.
 * @param options   Whether the trials are still to be z-scored per voxel over all trials (population sd).
 * @returns Standard deviations and their ratio; NaN for a voxel that is constant, has a NaN or infinite trial, or
 *   has no stimulus with two repetitions. ncsnr is infinite for a voxel without any noise.
 * @remarks Dividing the noise variance by the total variance is the same as z-scoring first, without a copy of the data.
 * @source Allen et al. 2022, doi:10.1038/s41593-021-00962-x.
 */
export function estimateSignalAndNoise(responses: RepeatedResponses, options: NsdOptions): SignalAndNoise {
  const within = varianceWithinStimuli(responses);
  const measured = totalVariance(responses);
  const total = options.zscore ? measured : measured.map((variance) => (variance > 0 ? 1 : NaN));
  const noiseSd = within.map((variance, v) => Math.sqrt(variance / total[v]));
  const signalSd = noiseSd.map((noise) => Math.sqrt(Math.max(0, 1 - noise ** 2)));
  return { noiseSd, signalSd, ncsnr: signalSd.map((signal, v) => signal / noiseSd[v]) };
}

/** Variance over all trials (ddof 0), per voxel. */
function totalVariance({ values, observed }: RepeatedResponses): Float64Array {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const trials = new Moments(nVoxels);
  for (let row = 0; row < nRepetitions * nStimuli; row++) trials.add(values.data, row * nVoxels, observed);
  return trials.squares.map((squares, v) => squares / trials.n[v]);
}

/** Variance over repetitions (ddof 1), averaged over the stimuli that have two or more, per voxel. */
function varianceWithinStimuli({ values, observed }: RepeatedResponses): Float64Array {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const sums = new Float64Array(nVoxels);
  const nRepeated = new Uint32Array(nVoxels);
  const repetitions = new Moments(nVoxels);
  for (let s = 0; s < nStimuli; s++) {
    repetitions.reset();
    for (let k = 0; k < nRepetitions; k++) {
      repetitions.add(values.data, (k * nStimuli + s) * nVoxels, observed);
    }
    addVariances(repetitions, sums, nRepeated);
  }
  return sums.map((sum, v) => sum / nRepeated[v]);
}

function addVariances({ n, squares }: Moments, sums: Float64Array, nRepeated: Uint32Array): void {
  for (let v = 0; v < sums.length; v++) {
    if (n[v] < 2) continue;
    sums[v] += squares[v] / (n[v] - 1);
    nRepeated[v]++;
  }
}
