// How a readout behaves towards its caller: states, refusals, aborts, estimates.

import type { ReadoutState } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandSameBits } from '../evidence/same.js';
import { demandUntouched } from '../evidence/untouched.js';
import { plant, withMask } from './planted.js';
import { fit, fitAndPredict, type ReadoutSubject } from './subject.js';

export const conductLaws: readonly Law<ReadoutSubject>[] = [
  {
    id: 'readout/state-round-trip',
    title: 'predicts the same bits from its stored state',
    why: 'Predictions are made by another process, from disk.',
    async check(subject) {
      for (const nTrain of [120, 27]) await demandRoundTrip(subject, nTrain); // of 36 features: more, and fewer
    },
  },
  {
    id: 'readout/inputs-untouched',
    title: 'leaves features, responses and mask as they were',
    why: 'The next readout learns from the same arrays.',
    async check(subject) {
      const planted = withMask(plant(), 1e6);
      const { values, observed } = planted.responses;
      const arrays = { features: planted.features, responses: values.data, observed };
      await demandUntouched(arrays, () => fitAndPredict(subject, planted));
    },
  },
  {
    id: 'readout/nan-features-refused',
    title: 'refuses NaN features with STRIATE_NON_FINITE',
    why: 'One NaN feature makes every voxel NaN, and the reason is then hard to find.',
    async check(subject) {
      const planted = plant();
      planted.features[50] = NaN;
      await demandRefusal('fitting with a NaN feature', () => fit(subject, planted), 'STRIATE_NON_FINITE');
    },
  },
  {
    id: 'readout/abort-honoured',
    title: 'stops with STRIATE_ABORTED when its signal is aborted',
    why: 'Ctrl-C on a cluster has to stop the work.',
    async check(subject) {
      const signal = AbortSignal.abort();
      const fitted = await fit(subject, plant());
      const refit = () => fit(subject, plant(), { signal });
      const predict = () => fitted.doPredict(plant().test, signal);
      await demandRefusal('fitting under an aborted signal', refit, 'STRIATE_ABORTED');
      await demandRefusal('predicting under an aborted signal', predict, 'STRIATE_ABORTED');
    },
  },
  {
    id: 'readout/cost-estimated',
    title: 'estimates memory and work that grow with the number of stimuli',
    why: 'The pre-flight refuses what would not fit, before hours of work.',
    async check({ readout, options }) {
      const size = { nStimuli: 1000, rowShape: [8, 8, 8], rowLength: 512, nVoxels: 300 };
      for (const name of ['estimateMemory', 'estimateWork'] as const) {
        const small = readout[name](size, options);
        const large = readout[name]({ ...size, nStimuli: 4000 }, options);
        demand(Number.isFinite(small) && small > 0, `${name} says ${small}`);
        demand(large >= small, `${name} says ${small} for 1000 stimuli and ${large} for 4000`);
      }
    },
  },
  {
    id: 'readout/describes-itself',
    title: 'describes its choices in words',
    why: 'The methods paragraph of the report prints them.',
    async check({ readout, options }) {
      demand(readout.describe(options).trim().length > 0, 'describe(options) is empty');
    },
  },
];

async function demandRoundTrip(subject: ReadoutSubject, nTrain: number): Promise<void> {
  const planted = plant({ nTrain });
  const { fitted, predictions } = await fitAndPredict(subject, planted);
  const restored = subject.readout.fromState(storedAndRead(await fitted.toState()));
  const again = await restored.doPredict(planted.test);
  demandSameBits('predictions from the state', again.data, predictions.data);
  demand(restored.nParameters === fitted.nParameters, `nParameters became ${restored.nParameters}`);
  for (const [name, values] of Object.entries(fitted.perVoxel)) {
    demandSameBits(`"${name}" from the state`, restored.perVoxel[name] ?? [], values);
  }
}

/** What a store makes of a state: arrays keep their bits, plain values go through JSON. */
function storedAndRead({ arrays, values }: ReadoutState): ReadoutState {
  return {
    arrays: structuredClone(arrays),
    values: JSON.parse(JSON.stringify(values)) as ReadoutState['values'],
  };
}
