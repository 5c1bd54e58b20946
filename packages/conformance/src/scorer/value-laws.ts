// What a score is worth.

import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandAllClose, demandClose, demandSameBits } from '../evidence/same.js';
import { mapMatrix, matrixOf, pickStimuli, positions, voxelOf } from '../planted/matrix.js';
import { randomFrom, shuffledPositions } from '../planted/random.js';
import { meanOf } from '../planted/statistics.js';
import { plantPredictions, ROUNDING, score, type ScorerSubject } from './subject.js';

export const valueLaws: readonly Law<ScorerSubject>[] = [
  {
    id: 'scorer/perfect-is-maximum',
    title: 'gives predictions that equal the responses the documented maximum, and all others less',
    why: 'People read a score as a distance from perfect.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const perfect = await score(subject, { predictions: responses, responses });
      demandAllClose('scores of perfect predictions', perfect.values, subject.perfect, ROUNDING);
      const { values } = await score(subject, { predictions, responses });
      for (const [v, value] of values.slice(1).entries()) {
        demand(value < subject.perfect, `noisy predictions of voxel ${v + 1} score ${value}`);
      }
    },
  },
  {
    id: 'scorer/in-range',
    title: 'returns scores within its declared range',
    why: 'Colour scales and tests of plausibility are built on the range.',
    async check(subject) {
      const [lowest, highest] = subject.scorer.range;
      const { predictions, responses } = plantPredictions();
      const opposite = mapMatrix(responses, (data) => data.map((value) => -3 * value));
      for (const candidate of [predictions, responses, opposite]) {
        const { values } = await score(subject, { predictions: candidate, responses });
        const at = values.findIndex((value) => value < lowest - ROUNDING || value > highest + ROUNDING);
        demand(at < 0, `voxel ${at} scores ${values[at]}, outside [${lowest}, ${highest}]`);
      }
    },
  },
  {
    id: 'scorer/unrelated-at-chance',
    title: 'gives predictions of other stimuli no more than chance',
    why: 'A score that is above 0 for nothing makes every model look good.',
    async check(subject) {
      const { responses } = plantPredictions(64, 100);
      const unrelated = pickStimuli(responses, shuffledPositions(randomFrom(2), 64));
      const { values } = await score(subject, { predictions: unrelated, responses });
      const mean = meanOf(values);
      // 4 standard errors of the mean of 100 correlations over 64 stimuli: 4 / sqrt(6400)
      demand(mean <= 0.05, `predictions of shuffled stimuli score ${mean} on average over 100 voxels`);
    },
  },
  {
    id: 'scorer/documented-invariances',
    title: 'is invariant to a shift or a scale of predictions, where it says so',
    why: 'Readouts differ in offset and gain; the documentation says whether that costs anything.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const { values } = await score(subject, { predictions, responses });
      const changes = { shift: (value: number) => value + 3, scale: (value: number) => value * 2.5 };
      for (const kind of subject.invariantTo ?? []) {
        const changed = mapMatrix(predictions, (data) => data.map(changes[kind]));
        const after = await score(subject, { predictions: changed, responses });
        demandClose(`scores after a ${kind} of predictions`, after.values, values, ROUNDING);
      }
    },
  },
  {
    id: 'scorer/stimulus-order-irrelevant',
    title: 'gives the same scores when predictions and responses are reordered alike',
    why: "Joins are by id, so the order of stimuli is nobody's choice.",
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const order = shuffledPositions(randomFrom(3), responses.shape[0]);
      const { values } = await score(subject, { predictions, responses });
      const reordered = await score(subject, {
        predictions: pickStimuli(predictions, order),
        responses: pickStimuli(responses, order),
      });
      demandClose('scores of reordered stimuli', reordered.values, values, ROUNDING);
    },
  },
  {
    id: 'scorer/float32-agrees',
    title: 'scores float32 data as it scores the same numbers in float64',
    why: 'Readouts return float32; sums in float32 lose the digits that a comparison of models needs.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const rounded = [predictions, responses].map((m) => mapMatrix(m, (data) => Float32Array.from(data)));
      const widened = rounded.map((m) => mapMatrix(m, (data) => Float64Array.from(data)));
      const narrow = await score(subject, { predictions: rounded[0], responses: rounded[1] });
      const wide = await score(subject, { predictions: widened[0], responses: widened[1] });
      demandClose('scores of float32 data', narrow.values, wide.values, ROUNDING);
    },
  },
  {
    id: 'scorer/split-adds-up',
    title:
      'divides a score so that it adds up, where parts about the mean of the responses make the prediction',
    why: 'A stacked bar of what each feature space explains has the height of the score.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const nVoxels = responses.shape[1];
      const means = positions(nVoxels).map((v) => meanOf(voxelOf(responses, v)));
      const random = randomFrom(4);
      const some = matrixOf(...responses.shape, () => random.normal());
      const rest = mapMatrix(predictions, (data) =>
        data.map((value, i) => value - means[i % nVoxels] - some.data[i]),
      );
      const data = { predictions, responses, parts: { some, rest } };
      const split = await subject.scorer.doSplit?.(data, subject.options);
      if (!split) return;
      const { values } = await score(subject, data);
      const sums = values.map((_, v) => split['some'][v] + split['rest'][v]);
      demandClose('sums of the shares', sums, values, ROUNDING);
    },
  },
  {
    id: 'scorer/deterministic',
    title: 'gives the same bits for the same data',
    why: 'A repeated run has to give the same bytes.',
    async check(subject) {
      const data = plantPredictions();
      const [first, second] = [await score(subject, data), await score(subject, data)];
      demandSameBits('scores of a second call', second.values, first.values);
    },
  },
];
