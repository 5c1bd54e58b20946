import {
  rowsInMemory,
  type GeometryCeiling,
  type GeometryScorer,
  type GeometryTarget,
} from '@striate/contracts';
import type { GeometryScorerSubject } from '../../src/index.js';
import { createPlainRsa, honestGeometryScorer } from '../honest/geometry-scorer.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

type Data = Parameters<GeometryScorer['doScore']>[0];

export const geometryScorerMutants: readonly Mutant<GeometryScorerSubject>[] = [
  onScores('geometry-scorer/identical-is-maximum', 'shrinks its scores', (scores) =>
    scores.map((r) => 0.99 * r),
  ),
  onScores('geometry-scorer/noise-lowers-score', 'finds everything identical', (scores) =>
    scores.map(() => 1),
  ),
  onScores('geometry-scorer/noise-lowers-score', 'takes differences for likeness', (scores) =>
    scores.map((r) => (r > 0.99 ? 1 : -r)),
  ),
  onTargets('geometry-scorer/stimulus-order-irrelevant', 'forgets the first stimulus', (target) =>
    forgetFirst(target),
  ),
  onScores('geometry-scorer/one-score-per-target', 'returns scores backwards', (scores) =>
    scores.toReversed(),
  ),
  onScores('geometry-scorer/one-score-per-target', 'averages over targets', (scores) =>
    Float64Array.of(scores.reduce((sum, r) => sum + r, 0) / scores.length),
  ),
  onTargets(
    'geometry-scorer/rdm-agrees-with-responses',
    'squares the distances of RDMs',
    ({ rdm, ...target }) =>
      rdm ? { ...target, rdm: { ...rdm, data: rdm.data.map((distance) => distance ** 2) } } : target,
  ),
  onScores('geometry-scorer/constant-features-undefined', 'gives a constant layer 0', (scores) =>
    scores.map((r) => r || 0),
  ),
  mutant('geometry-scorer/stimuli-matched', 'scores the stimuli that both happen to have', {
    doScore({ features, targets }) {
      const { shape } = (targets[0].rdm ?? targets[0].responses)!;
      const { rowAxes, rowShape, readRows } = features;
      const stimulusIds = features.stimulusIds.slice(0, shape[0]);
      const fewer = rowsInMemory([], rowAxes as ['feature'], rowShape, new Float32Array());
      return createPlainRsa().doScore({ features: { ...fewer, stimulusIds, readRows }, targets }, {});
    },
  }),
  onScores('geometry-scorer/deterministic', 'draws at random', (scores) =>
    scores.map((r) => r + 1e-12 * ticks++),
  ),
  onTargets('geometry-scorer/inputs-untouched', 'squares RDMs in place', (target) => {
    target.rdm?.data.forEach((distance, i) => (target.rdm!.data[i] = distance ** 2));
    return target;
  }),
  onCeiling('geometry-scorer/ceiling-ordered', 'confuses the bounds', ({ method, lower, upper }) => ({
    method,
    lower: upper,
    upper: lower,
  })),
  onCeiling('geometry-scorer/ceiling-ordered', 'leaves the range', (bounds) => ({
    ...bounds,
    upper: bounds.upper + 1,
  })),
  onCeiling('geometry-scorer/ceiling-of-identical-subjects', 'says 1 whatever subjects do', (bounds) => ({
    ...bounds,
    upper: Number.isNaN(bounds.upper) ? NaN : 1,
  })),
  onCeiling('geometry-scorer/ceiling-of-identical-subjects', 'is too low', (bounds) => ({
    ...bounds,
    lower: bounds.lower - 0.1,
  })),
  onCeiling('geometry-scorer/ceiling-of-one-subject-undefined', 'calls one subject perfect', (bounds) => ({
    ...bounds,
    lower: Number.isNaN(bounds.lower) ? 1 : bounds.lower,
  })),
  ...optionsMutants('geometry-scorer', honestGeometryScorer, 'scorer'),
];

let ticks = 1;

function mutant(
  caughtBy: string,
  fault: string,
  change: Partial<GeometryScorer>,
): Mutant<GeometryScorerSubject> {
  const scorer = { ...createPlainRsa(), ...change };
  return { fault, caughtBy, subject: () => ({ ...honestGeometryScorer(), scorer }) };
}

function onScores(caughtBy: string, fault: string, change: (scores: Float64Array) => Float64Array) {
  return mutant(caughtBy, fault, {
    doScore: async (data: Data) => change(await createPlainRsa().doScore(data, {})),
  });
}

function onTargets(caughtBy: string, fault: string, change: (target: GeometryTarget) => GeometryTarget) {
  return mutant(caughtBy, fault, {
    doScore: ({ features, targets }) =>
      createPlainRsa().doScore({ features, targets: targets.map(change) }, {}),
  });
}

function onCeiling(caughtBy: string, fault: string, change: (ceiling: GeometryCeiling) => GeometryCeiling) {
  return mutant(caughtBy, fault, {
    doEstimateCeiling: async (targets) => change(await createPlainRsa().doEstimateCeiling(targets, {})),
  });
}

/** Distances to the first stimulus become 1. */
function forgetFirst({ rdm, ...target }: GeometryTarget): GeometryTarget {
  if (!rdm) return target;
  const n = rdm.shape[0];
  const isFirst = (i: number) => i < n || i % n === 0;
  return { ...target, rdm: { ...rdm, data: rdm.data.map((distance, i) => (isFirst(i) ? 1 : distance)) } };
}
