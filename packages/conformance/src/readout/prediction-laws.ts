// What a readout learns and predicts.

import type { StimulusByVoxel } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import {
  demandAllClose,
  demandClose,
  demandFinite,
  demandSameBits,
  demandSameWords,
} from '../evidence/same.js';
import { pickStimuli, voxelOf } from '../planted/matrix.js';
import { randomFrom, shuffledPositions } from '../planted/random.js';
import { correlationOf } from '../planted/statistics.js';
import { inTwoBands, plant, selectInputs, withResponses, withTrainingOrder } from './planted.js';
import { fitAndPredict, ROUNDING, type ReadoutSubject } from './subject.js';

export const predictionLaws: readonly Law<ReadoutSubject>[] = [
  {
    id: 'readout/recovers-linear-map',
    title: 'recovers a planted linear map from float32 and from float64 responses',
    why: 'A readout that misses what is certainly there says nothing about the brain.',
    async check(subject) {
      const planted = plant();
      const narrow = withResponses(planted, (data) => Float32Array.from(data));
      for (const data of [planted, narrow]) {
        const { predictions } = await fitAndPredict(subject, data);
        demandCorrelations(predictions, planted.truth, 0.95); // ridge, 120 stimuli, 36 features, noise 0.2: above 0.99
      }
    },
  },
  {
    id: 'readout/fewer-stimuli-than-features',
    title: 'works with fewer stimuli than features',
    why: 'It is the usual case: thousands of features, hundreds of stimuli.',
    async check(subject) {
      const planted = plant({ nTrain: 27 }); // of 36 features
      const { predictions } = await fitAndPredict(subject, planted);
      demandFinite('predictions', predictions.data);
      demandCorrelations(predictions, planted.truth, 0.3); // the part of the truth that 27 of 36 directions show: 0.87
    },
  },
  {
    id: 'readout/constant-voxel',
    title: 'predicts the mean of a voxel whose responses are constant',
    why: 'Dead voxels are common; a division by their variance must not reach the predictions.',
    async check(subject) {
      const planted = plant();
      const nVoxels = planted.truth.shape[1];
      const dead = withResponses(planted, (data) =>
        data.map((value, i) => (i % nVoxels === 1 ? 2.5 : value)),
      );
      const { predictions } = await fitAndPredict(subject, dead);
      demandFinite('predictions', predictions.data);
      demandAllClose('predictions of the constant voxel', voxelOf(predictions, 1), 2.5, ROUNDING);
    },
  },
  {
    id: 'readout/scales-with-responses',
    title: 'predicts twice as much from responses twice as large',
    why: 'The unit of the responses is arbitrary; a result that depends on it is about the unit.',
    async check(subject) {
      const planted = plant();
      const { predictions } = await fitAndPredict(subject, planted);
      const doubled = await fitAndPredict(subject, withResponses(planted, twice));
      demandClose('predictions', doubled.predictions.data, twice(predictions.data), ROUNDING);
    },
  },
  {
    id: 'readout/training-order-irrelevant',
    title: 'learns the same from reordered training stimuli, unless it says isOrderDependent',
    why: 'Joins are by id; the order of stimuli is an accident.',
    async check(subject) {
      if (subject.isOrderDependent) return;
      const planted = plant({ noise: 0 }); // without noise, folds in any order choose the same penalty
      const order = shuffledPositions(randomFrom(2), planted.responses.stimulusIds.length);
      const { predictions } = await fitAndPredict(subject, planted);
      const reordered = await fitAndPredict(subject, withTrainingOrder(planted, order));
      // 1e-3: sums in float32 over 120 stimuli, in another order
      demandClose('predictions', reordered.predictions.data, predictions.data, 1e-3);
    },
  },
  {
    id: 'readout/predicts-by-row',
    title: 'predicts a stimulus the same, whatever other stimuli are predicted with it',
    why: 'Predictions are made in blocks; a statistic of the block must not leak into them.',
    async check(subject) {
      const planted = plant();
      const order = [7, 30, 2, 59];
      const { fitted, predictions } = await fitAndPredict(subject, planted);
      const some = await fitted.doPredict(selectInputs(planted.test, order));
      demandClose('predictions', some.data, pickStimuli(predictions, order).data, ROUNDING);
    },
  },
  {
    id: 'readout/parts-add-up',
    title:
      'predicts parts that add up to the prediction but for a constant of each voxel, if it predicts parts',
    why: 'Scores are divided between feature spaces by what each of them predicts.',
    check: demandPartsAddUp,
  },
  {
    id: 'readout/same-seed-same-bits',
    title: 'predicts the same bits after a second fit with the same seed',
    why: 'A run that is repeated or resumed has to give the same numbers.',
    async check(subject) {
      const [first, second] = [await fitAndPredict(subject, plant()), await fitAndPredict(subject, plant())];
      demandSameBits('predictions', second.predictions.data, first.predictions.data);
    },
  },
];

async function demandPartsAddUp(subject: ReadoutSubject): Promise<void> {
  const planted = inTwoBands(plant());
  const { fitted, predictions } = await fitAndPredict(subject, planted);
  const parts = await fitted.doPredictParts?.(planted.test);
  if (!parts) return;
  demandSameWords('names of the parts', Object.keys(parts), ['first', 'second']);
  const sum = predictions.data.map((_, i) => parts['first'].data[i] + parts['second'].data[i]);
  const nVoxels = predictions.shape[1];
  const withConstant = sum.map((value, i) => value + predictions.data[i % nVoxels] - sum[i % nVoxels]);
  demandClose('parts and their constant', withConstant, predictions.data, ROUNDING);
}

function twice<Data extends StimulusByVoxel['data']>(data: Data): Data {
  return data.map((value) => 2 * value) as Data;
}

function demandCorrelations(predictions: StimulusByVoxel, truth: StimulusByVoxel, least: number): void {
  for (let v = 0; v < truth.shape[1]; v++) {
    const r = correlationOf(voxelOf(predictions, v), voxelOf(truth, v));
    demand(
      r >= least,
      `held-out predictions of voxel ${v} correlate with the truth by ${r}, less than ${least}`,
    );
  }
}
