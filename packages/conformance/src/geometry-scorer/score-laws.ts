import type { FeatureRows, GeometryTarget } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandAllClose, demandClose, demandSameBits } from '../evidence/same.js';
import { demandUntouched } from '../evidence/untouched.js';
import { matrixOf, pick, pickStimuli, positions } from '../planted/matrix.js';
import { randomFrom, shuffledPositions } from '../planted/random.js';
import { meanOf } from '../planted/statistics.js';
import { featuresOf, N_STIMULI, plantPatterns, plantTargets, plantUnrelated, targetOf } from './planted.js';
import { kindsOf, ROUNDING, type GeometryScorerSubject } from './subject.js';

export const scoreLaws: readonly Law<GeometryScorerSubject>[] = [
  {
    id: 'geometry-scorer/identical-is-maximum',
    title: 'gives a geometry identical to the features the highest score of its range',
    why: 'People read a score as a distance from identical.',
    async check(subject) {
      const highest = subject.scorer.range[1];
      for (const kind of kindsOf(subject)) {
        const scores = await score(subject, featuresOf(plantPatterns()), plantTargets(kind, 0));
        demandAllClose(`scores of identical geometries, by ${kind},`, scores, highest, ROUNDING);
      }
    },
  },
  {
    id: 'geometry-scorer/noise-lowers-score',
    title: 'scores a noisy geometry below an identical one, and an unrelated one below both',
    why: 'A measure that cannot tell models apart ranks them by chance.',
    async check(subject) {
      for (const kind of kindsOf(subject)) {
        const unrelated = positions(3).map((i) => targetOf(plantUnrelated(i), kind));
        const groups = [plantTargets(kind, 0), plantTargets(kind, 0.7), unrelated];
        const features = featuresOf(plantPatterns());
        const scores = await Promise.all(groups.map((targets) => score(subject, features, targets)));
        const [identical, noisy, none] = scores.map(meanOf);
        const detail = `identical, noisy and unrelated ${kind} score ${identical}, ${noisy}, ${none}`;
        demand(identical > noisy && noisy > none, detail);
      }
    },
  },
  {
    id: 'geometry-scorer/stimulus-order-irrelevant',
    title: 'gives the same score when features and targets are reordered alike',
    why: 'Joins are by id, so the order of stimuli is an accident.',
    async check(subject) {
      const order = shuffledPositions(randomFrom(3), N_STIMULI);
      const [features, measured] = [plantPatterns(), plantPatterns(0.7)];
      for (const kind of kindsOf(subject)) {
        const expected = await score(subject, featuresOf(features), [targetOf(measured, kind)]);
        const reordered = targetOf(pickStimuli(measured, order), kind);
        const actual = await score(subject, featuresOf(pickStimuli(features, order)), [reordered]);
        demandClose(`scores of reordered ${kind}`, actual, expected, ROUNDING);
      }
    },
  },
  {
    id: 'geometry-scorer/one-score-per-target',
    title: 'returns one score per target, in order, each independent of the other targets',
    why: 'Subjects are the unit of the statistics that follow.',
    async check(subject) {
      for (const kind of kindsOf(subject)) {
        const features = featuresOf(plantPatterns());
        const targets = [...plantTargets(kind, 0.7), targetOf(plantUnrelated(1), kind)];
        const all = await score(subject, features, targets);
        const order = [3, 1];
        const chosen = order.map((i) => targets[i]);
        const some = await score(subject, features, chosen);
        demand(all.length === targets.length, `${all.length} scores for ${targets.length} targets`);
        demandClose(`scores of targets ${order}`, some, pick(all, order), ROUNDING);
      }
    },
  },
  {
    id: 'geometry-scorer/rdm-agrees-with-responses',
    title: 'scores responses as it scores the RDM (1 - Pearson) made from them, if it takes both',
    why: 'Some datasets ship RDMs, others responses; their scores stand in one table.',
    async check(subject) {
      if (kindsOf(subject).length < 2) return;
      const features = featuresOf(plantPatterns());
      const byResponses = await score(subject, features, plantTargets('responses', 0.7));
      const byRdm = await score(subject, features, plantTargets('rdm', 0.7));
      demandClose('scores by responses', byResponses, byRdm, ROUNDING);
    },
  },
  {
    id: 'geometry-scorer/constant-features-undefined',
    title: 'returns NaN for features that are the same for all stimuli',
    why: 'A layer that says nothing has no geometry; a silent 0 would be averaged.',
    async check(subject) {
      const constant = featuresOf(matrixOf(N_STIMULI, 8, (_, feature) => feature + 1));
      for (const kind of kindsOf(subject)) {
        const scores = await score(subject, constant, plantTargets(kind, 0.7));
        demand(scores.every(Number.isNaN), `constant features score ${scores[0]}`);
      }
    },
  },
  {
    id: 'geometry-scorer/stimuli-matched',
    title: 'refuses a target of another number of stimuli with STRIATE_SHAPE_MISMATCH',
    why: 'A lost stimulus shifts every distance that follows.',
    async check(subject) {
      const fewer = pickStimuli(plantPatterns(), positions(N_STIMULI - 1));
      for (const kind of kindsOf(subject)) {
        const action = () => score(subject, featuresOf(plantPatterns()), [targetOf(fewer, kind)]);
        await demandRefusal(`scoring ${kind} with one stimulus missing`, action, 'STRIATE_SHAPE_MISMATCH');
      }
    },
  },
  {
    id: 'geometry-scorer/deterministic',
    title: 'gives the same bits for the same data',
    why: 'A repeated run has to give the same bytes.',
    async check(subject) {
      const [features, targets] = [featuresOf(plantPatterns()), plantTargets(kindsOf(subject)[0], 0.7)];
      const [first, second] = [
        await score(subject, features, targets),
        await score(subject, features, targets),
      ];
      demandSameBits('scores of a second call', second, first);
    },
  },
  {
    id: 'geometry-scorer/inputs-untouched',
    title: 'leaves features and targets as they were',
    why: 'The next layer is compared with the same targets.',
    async check(subject) {
      const patterns = Float32Array.from(plantPatterns().data);
      const features = featuresOf({ ...plantPatterns(), data: patterns });
      for (const kind of kindsOf(subject)) {
        const targets = plantTargets(kind, 0.7);
        const arrays = Object.fromEntries(targets.map((target) => [target.subject, dataOf(target)]));
        await demandUntouched({ ...arrays, features: patterns }, async () => {
          await score(subject, features, targets);
          await subject.scorer.doEstimateCeiling(targets, subject.options);
        });
      }
    },
  },
];

function score(
  { scorer, options }: GeometryScorerSubject,
  features: FeatureRows,
  targets: readonly GeometryTarget[],
): Promise<Float64Array> {
  return scorer.doScore({ features, targets }, options);
}

function dataOf(target: GeometryTarget) {
  return (target.rdm ?? target.responses!).data;
}
