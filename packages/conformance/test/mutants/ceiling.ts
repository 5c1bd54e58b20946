import type { CeilingEstimate, RepeatedResponses } from '@striate/contracts';
import type { CeilingSubject } from '../../src/index.js';
import { createPlainCeiling, estimateCeiling, honestCeiling } from '../honest/ceiling.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

export const ceilingMutants: readonly Mutant<CeilingSubject>[] = [
  onVariance('ceiling/noise-free-is-one', 'never reaches 1', (variance) =>
    variance.map((share) => 0.99 * share),
  ),
  onVariance('ceiling/pure-noise-is-zero', 'has a floor', (variance) =>
    variance.map((share) => Math.max(0.3, share)),
  ),
  onVariance('ceiling/falls-with-noise', 'is the same for all', (variance) => variance.map(() => 0.8)),
  onVariance('ceiling/closed-form', 'is that of a single trial', (variance) =>
    variance.map((share) => share / (share + 4 * (1 - share))),
  ),
  mutant(
    'ceiling/correlation-squared-is-variance',
    'takes the share of variance for a correlation',
    (responses) => {
      const estimate = estimateCeiling(responses);
      return { ...estimate, correlation: estimate.variance };
    },
  ),
  mutant('ceiling/one-repetition-refused', 'calls one repetition perfect', (responses) =>
    estimateCeiling(responses.values.shape[0] === 1 ? twice(responses) : responses),
  ),
  mutant(
    'ceiling/one-repetition-refused',
    'counts repetitions without looking at the mask',
    ({ observed, ...rest }) =>
      estimateCeiling(rest.values.shape[0] === 2 ? rest : { ...rest, ...(observed && { observed }) }),
  ),
  mutant('ceiling/unmeasured-never-read', 'ignores the mask', ({ observed: _, ...unmasked }) =>
    estimateCeiling(unmasked),
  ),
  mutant('ceiling/unmeasured-never-read', 'counts what was planned', (responses) => {
    const estimate = estimateCeiling(responses);
    return { ...estimate, nRepetitions: estimate.nRepetitions.map(() => responses.values.shape[0]) };
  }),
  onVariance('ceiling/constant-voxel-undefined', 'gives a dead voxel 0', (variance) =>
    variance.map((share) => share || 0),
  ),
  mutant('ceiling/constant-voxel-undefined', 'does not count what is undefined', (responses) => ({
    ...estimateCeiling(responses),
    nUndefined: 0,
  })),
  onVariance('ceiling/voxel-independent', 'pools the noise of all voxels', (variance) => {
    const mean = variance.reduce((sum, share) => sum + share, 0) / variance.length;
    return variance.map((share) => 0.9 * share + 0.1 * mean);
  }),
  onVariance('ceiling/same-seed-same-bits', 'splits without a seed', (variance) =>
    variance.map((share) => share + 1e-12 * ticks++),
  ),
  mutant('ceiling/inputs-untouched', 'z-scores in place', (responses) => {
    const { data } = responses.values;
    data.forEach((value, i) => (data[i] = value * 2));
    return estimateCeiling(responses);
  }),
  ...optionsMutants('ceiling', honestCeiling, 'ceiling'),
];

let ticks = 1;

function mutant(
  caughtBy: string,
  fault: string,
  estimate: (responses: RepeatedResponses) => CeilingEstimate,
): Mutant<CeilingSubject> {
  const ceiling = {
    ...createPlainCeiling(),
    doEstimate: async (responses: RepeatedResponses) => estimate(responses),
  };
  return { fault, caughtBy, subject: () => ({ ...honestCeiling(), ceiling }) };
}

function onVariance(caughtBy: string, fault: string, change: (variance: Float64Array) => Float64Array) {
  return mutant(caughtBy, fault, (responses) => {
    const estimate = estimateCeiling(responses);
    const variance = change(estimate.variance);
    return { ...estimate, variance, correlation: variance.map(Math.sqrt) };
  });
}

function twice({ values, ...rest }: RepeatedResponses): RepeatedResponses {
  const [, nStimuli, nVoxels] = values.shape;
  const data = Float64Array.of(...values.data, ...values.data);
  return { ...rest, values: { ...values, shape: [2, nStimuli, nVoxels], data } };
}
