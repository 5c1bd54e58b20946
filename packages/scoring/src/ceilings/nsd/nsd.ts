import {
  flag,
  optionsParser,
  type CeilingEstimate,
  type NoiseCeiling,
  type RepeatedResponses,
} from '@striate/contracts';
import { countNaN } from '../../prediction-data.js';
import { countEnoughRepetitions, meanRepetitions } from '../repetitions.js';
import { estimateSignalAndNoise, type NsdOptions } from './signal.js';

/**
 * Estimate the noise ceiling of the Natural Scenes Dataset, for averages over the repetitions that were measured.
 *
 *     NC = ncsnr^2 / (ncsnr^2 + 1/n),   correlation ceiling = sqrt(NC)
 *
 * NC is the largest share of the variance of an average over n repetitions that a model can explain. n is the harmonic
 * mean over stimuli where the number varies.
 *
 * @param responses Single trials, [repetition, stimulus, voxel], any unit.
 * @param options   See {@link NsdOptions}.
 * @returns `variance` = NC in [0, 1] and `correlation` = sqrt(NC), with `ncsnr`, `noiseSd` and `signalSd` per voxel.
 *   NaN, and counted, for a voxel that is constant, has a NaN or infinite trial or no stimulus with two repetitions.
 * @throws {DataError} `STRIATE_TOO_FEW_REPETITIONS` if no voxel has a stimulus that was measured twice.
 * @source Allen et al. 2022, doi:10.1038/s41593-021-00962-x.
 */
export function estimateNsdCeiling(
  responses: RepeatedResponses,
  options: NsdOptions = { zscore: true },
): CeilingEstimate {
  const counts = countEnoughRepetitions(responses, 'nsd');
  const nRepetitions = meanRepetitions(counts, responses.values.shape[2]);
  const { noiseSd, signalSd, ncsnr } = estimateSignalAndNoise(responses, options);
  const variance = ncsnr.map((ratio, v) => explainableVariance(ratio, nRepetitions[v]));
  return {
    method: 'nsd',
    variance,
    correlation: variance.map(Math.sqrt),
    nRepetitions,
    perVoxel: { ncsnr, noiseSd, signalSd },
    nUndefined: countNaN(variance),
  };
}

/**
 * Share of the variance of an average over n repetitions that is signal.
 *
 *     NC = ncsnr^2 / (ncsnr^2 + 1/n) = 1 / (1 + 1 / (n ncsnr^2))
 *
 * @param ncsnr Ratio of the signal's to the noise's standard deviation, >= 0; may be infinite.
 * @param n     Repetitions averaged, > 0; need not be whole.
 * @returns NC in [0, 1].
 * @example
 * explainableVariance(1, 3) // => 0.75
 */
export function explainableVariance(ncsnr: number, n: number): number {
  return 1 / (1 + 1 / (n * ncsnr ** 2));
}

/** The noise ceiling `nsd`. */
export function createNsdCeiling(): NoiseCeiling<NsdOptions> {
  return {
    specVersion: 'v1',
    id: 'nsd',
    title: 'Noise ceiling of the Natural Scenes Dataset (ncsnr)',
    version: 1,
    parseOptions: optionsParser('nsd', { zscore: flag(true) }),
    describe: ({ zscore }) =>
      'NC = ncsnr^2 / (ncsnr^2 + mean of 1/n) over n repetitions, with ncsnr = signal sd / noise sd; noise variance is the variance over ' +
      'repetitions averaged over stimuli with two or more, signal variance the rest, at least 0; trials ' +
      (zscore ? 'z-scored per voxel' : 'taken as z-scored already') +
      ' (Allen et al. 2022)',
    doEstimate: async (responses, options) => estimateNsdCeiling(responses, options),
  };
}
