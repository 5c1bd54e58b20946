// Measured activity with its repetitions. What was not measured is told by a mask, never by a number.

import type { LabelledArray, StimulusByVoxel } from './labelled-array.js';

/** 1 where there is a measurement, 0 where there is none (its value is then NaN and never read). */
export type Observed = Uint8Array;

/** Single responses: [repetition, stimulus, voxel]. */
export interface RepeatedResponses {
  readonly stimulusIds: readonly string[];
  readonly voxelIds: readonly string[];
  readonly values: LabelledArray<readonly ['repetition', 'stimulus', 'voxel']>;
  /** Same shape as `values`; absent: everything was measured. */
  readonly observed?: Observed;
}

/** Responses averaged over what was measured: [stimulus, voxel]. */
export interface MeanResponses {
  readonly stimulusIds: readonly string[];
  readonly voxelIds: readonly string[];
  readonly values: StimulusByVoxel;
  /** [stimulus, voxel]; absent: every voxel saw every stimulus. */
  readonly observed?: Observed;
}

/**
 * Number of measured repetitions, [stimulus, voxel].
 */
export function countRepetitions(responses: RepeatedResponses): Uint16Array {
  const [nRepetitions, nStimuli, nVoxels] = responses.values.shape;
  const size = nStimuli * nVoxels;
  const counts = new Uint16Array(size);
  if (!responses.observed) return counts.fill(nRepetitions);
  for (let repetition = 0; repetition < nRepetitions; repetition++) {
    for (let i = 0; i < size; i++) counts[i] += responses.observed[repetition * size + i];
  }
  return counts;
}

/**
 * Average over the repetitions that were measured.
 *
 * @param responses [repetition, stimulus, voxel].
 * @returns [stimulus, voxel], float64; NaN and not observed where nothing was measured.
 */
export function averageRepetitions(responses: RepeatedResponses): MeanResponses {
  const { values, observed, stimulusIds, voxelIds } = responses;
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const size = nStimuli * nVoxels;
  const mean = new Float64Array(size);
  const counts = countRepetitions(responses);
  for (let repetition = 0; repetition < nRepetitions; repetition++) {
    const offset = repetition * size;
    for (let i = 0; i < size; i++) if (!observed || observed[offset + i]) mean[i] += values.data[offset + i];
  }
  let isComplete = true;
  for (let i = 0; i < size; i++) {
    mean[i] /= counts[i]; // 0 / 0 = NaN: not measured
    if (counts[i] === 0) isComplete = false;
  }
  const unit = values.unit === undefined ? {} : { unit: values.unit };
  const average: MeanResponses = {
    stimulusIds,
    voxelIds,
    values: { axes: ['stimulus', 'voxel'], shape: [nStimuli, nVoxels], data: mean, ...unit },
  };
  return isComplete
    ? average
    : { ...average, observed: Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0)) };
}
