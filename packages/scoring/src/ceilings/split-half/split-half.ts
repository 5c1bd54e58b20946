import {
  optionsParser,
  wholeNumber,
  type CeilingEstimate,
  type NoiseCeiling,
  type RepeatedResponses,
} from '@striate/contracts';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { PairedMoments } from '../../moments/paired-moments.js';
import { countNaN } from '../../prediction-data.js';
import { countEnoughRepetitions, meanRepetitions } from '../repetitions.js';
import { averageHalves, shuffle } from './halves.js';

export interface SplitHalfOptions {
  /** Random splits to average over. */
  readonly nSplits: number;
}

/**
 * Estimate the noise ceiling from how well random halves of the repetitions agree.
 *
 *     r_half = mean over splits of the correlation over stimuli of the two half-averages
 *     rho    = 2 r_half / (1 + r_half)          (Spearman-Brown: the reliability of the average over all repetitions)
 *
 * Which of them is the ceiling? With average = signal + noise, two averages of independent noise correlate by
 * rho = var(signal) / var(average). So rho is a ratio of variances: the share that a perfect model explains, the same
 * quantity as NC of the ceiling `nsd`. A perfect model (the signal itself) correlates with the average by
 * cov(signal, average) / (sd(signal) sd(average)) = sd(signal) / sd(average) = sqrt(rho), since the model has no noise.
 * Therefore `variance` = rho and `correlation` = sqrt(rho). (Brain-Score divides (median r)^2 by the median of rho.)
 *
 * @param responses Single trials, [repetition, stimulus, voxel], any unit. Stimuli with one repetition are left out.
 * @param options   Number of splits.
 * @param seed      Seed of the splits; the same seed gives the same bits.
 * @returns `variance` = max(0, rho), `correlation` = its root, with `splitHalf` = r_half and `reliability` = rho (negative
 *   where halves disagree) per voxel. NaN, and counted, where a half is constant in some split, where a trial is NaN,
 *   and where fewer than two stimuli were repeated.
 * @throws {DataError} `STRIATE_TOO_FEW_REPETITIONS` if no voxel has a stimulus that was measured twice.
 * @remarks Correlations are averaged before the correction, which is unbounded near r = -1. Of an odd number of
 *   repetitions the larger half takes one more; the correction for equal halves is then very slightly high.
 * @source Spearman 1910; Brown 1910; as a ceiling: Schrimpf et al. 2018, doi:10.1101/407007.
 */
export function estimateSplitHalfCeiling(
  responses: RepeatedResponses,
  options: SplitHalfOptions,
  seed: number,
): CeilingEstimate {
  const counts = countEnoughRepetitions(responses, 'split-half');
  const splitHalf = meanHalfCorrelation(responses, counts, options.nSplits, xoroshiro128plus(seed));
  const reliability = splitHalf.map((r) => (2 * r) / (1 + r));
  const variance = reliability.map((rho) => Math.max(0, rho));
  return {
    method: 'split-half',
    variance,
    correlation: variance.map(Math.sqrt),
    nRepetitions: meanRepetitions(counts, responses.values.shape[2]),
    perVoxel: { splitHalf, reliability },
    nUndefined: countNaN(variance),
  };
}

function meanHalfCorrelation(
  responses: RepeatedResponses,
  counts: Uint16Array,
  nSplits: number,
  random: RandomGenerator,
): Float64Array {
  const [nRepetitions, nStimuli, nVoxels] = responses.values.shape;
  const moments = new PairedMoments(nVoxels);
  const order = new Uint16Array(nRepetitions);
  const halves = {
    first: new Float64Array(nVoxels),
    second: new Float64Array(nVoxels),
    isSplit: new Uint8Array(nVoxels),
    nDealt: new Uint16Array(nVoxels),
  };
  const sum = new Float64Array(nVoxels);
  for (let split = 0; split < nSplits; split++) {
    moments.reset();
    for (let s = 0; s < nStimuli; s++) {
      averageHalves(responses, s, counts, shuffle(order, random), halves);
      moments.add(halves.first, halves.second, 0, halves.isSplit);
    }
    moments.correlations().forEach((r, v) => (sum[v] += r));
  }
  return sum.map((total) => total / nSplits);
}

/** The noise ceiling `split-half`. */
export function createSplitHalfCeiling(): NoiseCeiling<SplitHalfOptions> {
  return {
    specVersion: 'v1',
    id: 'split-half',
    title: 'Split-half reliability, Spearman-Brown corrected',
    version: 1,
    parseOptions: optionsParser('split-half', { nSplits: wholeNumber(1, 100) }),
    describe: ({ nSplits }) =>
      `reliability rho = 2 r / (1 + r) of the average over repetitions, with r the correlation of random halves of the repetitions averaged over ${nSplits} splits; ` +
      'variance ceiling max(0, rho), correlation ceiling its square root',
    doEstimate: async (responses, options, seed) => estimateSplitHalfCeiling(responses, options, seed),
  };
}
