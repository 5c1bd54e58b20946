// What ceilings need to know of the repetitions before they start.

import { countRepetitions, tooFewRepetitions, type RepeatedResponses } from '@striate/contracts';

/** Repetitions that a variance, or a pair of halves, needs. */
const NEEDED = 2;

/**
 * Count measured repetitions, [stimulus, voxel], and make sure that some stimulus was repeated for some voxel.
 *
 * @throws {DataError} `STRIATE_TOO_FEW_REPETITIONS` if no voxel has a stimulus that was measured twice.
 */
export function countEnoughRepetitions(responses: RepeatedResponses, method: string): Uint16Array {
  const counts = countRepetitions(responses);
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  if (most < NEEDED) {
    throw tooFewRepetitions({
      method,
      needed: NEEDED,
      given: most,
      where: 'the stimulus measured most often',
    });
  }
  return counts;
}

/**
 * Harmonic mean of the number of repetitions over the stimuli that were measured, per voxel.
 *
 *     n = 1 / mean over stimuli (1 / n_s)
 *
 * An average over n repetitions keeps 1/n of the noise variance, so the mean of 1/n is what a ceiling for averages over
 * varying numbers needs. For A stimuli with three repetitions, B with two, C with one: (A/3 + B/2 + C) / (A + B + C).
 *
 * @param counts Measured repetitions, [stimulus, voxel].
 * @returns One number per voxel, NaN where nothing was measured.
 * @source Allen et al. 2022, doi:10.1038/s41593-021-00962-x; the form for mixed numbers is that of Algonauts 2023.
 */
export function meanRepetitions(counts: Uint16Array, nVoxels: number): Float64Array {
  const inverses = new Float64Array(nVoxels);
  const nMeasured = new Uint32Array(nVoxels);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    inverses[i % nVoxels] += 1 / counts[i];
    nMeasured[i % nVoxels]++;
  }
  return inverses.map((sum, v) => nMeasured[v] / sum);
}
