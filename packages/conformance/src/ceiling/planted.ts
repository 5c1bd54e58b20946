// Repeated responses with a known ceiling. Signal and noise are normal, of variances s^2 and n^2; the average over k
// repetitions then has the explainable share of variance
//
//     NC = s^2 / (s^2 + n^2 / k)

import { labelled, type RepeatedResponses } from '@striate/contracts';
import { numberedIds, positions } from '../planted/matrix.js';
import { randomFrom } from '../planted/random.js';
import { meanOf } from '../planted/statistics.js';

export interface Plan {
  readonly nRepetitions?: number;
  readonly nStimuli?: number;
  readonly nVoxels?: number;
  readonly signalSd?: number;
  readonly noiseSd?: number;
}

/** Plant repeated responses; trials are z-scored per voxel, so that methods which take that for granted may. */
export function plantRepetitions({
  nRepetitions = 4,
  nStimuli = 300,
  nVoxels = 12,
  signalSd = 1,
  noiseSd = 1,
}: Plan = {}): RepeatedResponses {
  const random = randomFrom(5);
  const signal = Float64Array.from({ length: nStimuli * nVoxels }, () => signalSd * random.normal());
  const trials = Float64Array.from(
    { length: nRepetitions * signal.length },
    (_, i) => signal[i % signal.length] + noiseSd * random.normal(),
  );
  return repeated(zscoreVoxels(trials, nVoxels), [nRepetitions, nStimuli, nVoxels]);
}

export function explainableShare({
  signalSd,
  noiseSd,
  nRepetitions,
}: Required<Omit<Plan, 'nStimuli' | 'nVoxels'>>) {
  return signalSd ** 2 / (signalSd ** 2 + noiseSd ** 2 / nRepetitions);
}

/** Some voxels, in the order wanted. */
export function pickVoxelsOf({ values }: RepeatedResponses, voxels: readonly number[]): RepeatedResponses {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const rows = positions(nRepetitions * nStimuli);
  const data = Float64Array.from(rows.flatMap((row) => voxels.map((v) => values.data[row * nVoxels + v])));
  return repeated(data, [nRepetitions, nStimuli, voxels.length]);
}

/** The first repetitions only. */
export function firstRepetitions({ values }: RepeatedResponses, count: number): RepeatedResponses {
  const [, nStimuli, nVoxels] = values.shape;
  return repeated(Float64Array.from(values.data.slice(0, count * nStimuli * nVoxels)), [
    count,
    nStimuli,
    nVoxels,
  ]);
}

/** The same with the last repetition of every stimulus unmeasured, one number in its place. */
export function hideLastRepetition({ values }: RepeatedResponses, hidden: number): RepeatedResponses {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const nShown = (nRepetitions - 1) * nStimuli * nVoxels;
  const data = Float64Array.from(values.data, (value, i) => (i < nShown ? value : hidden));
  const observed = Uint8Array.from(data, (_, i) => (i < nShown ? 1 : 0));
  return { ...repeated(data, [nRepetitions, nStimuli, nVoxels]), observed };
}

/** The same with other values of one voxel. */
export function overwriteVoxel(
  { values }: RepeatedResponses,
  voxel: number,
  value: number,
): RepeatedResponses {
  const nVoxels = values.shape[2];
  const data = Float64Array.from(values.data, (kept, i) => (i % nVoxels === voxel ? value : kept));
  return repeated(data, values.shape);
}

function repeated(data: Float64Array, shape: readonly [number, number, number]): RepeatedResponses {
  return {
    stimulusIds: numberedIds('s', shape[1]),
    voxelIds: numberedIds('v', shape[2]),
    values: labelled(['repetition', 'stimulus', 'voxel'], shape, data),
  };
}

function zscoreVoxels(data: Float64Array, nVoxels: number): Float64Array {
  const scored = data.slice();
  for (let v = 0; v < nVoxels; v++) {
    const voxel = data.filter((_, i) => i % nVoxels === v);
    const mean = meanOf(voxel);
    const sd = Math.sqrt(meanOf(voxel.map((value) => (value - mean) ** 2)));
    for (let i = v; i < data.length; i += nVoxels) scored[i] = (data[i] - mean) / sd;
  }
  return scored;
}
