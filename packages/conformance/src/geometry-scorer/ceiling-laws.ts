import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandClose } from '../evidence/same.js';
import { plantTargets } from './planted.js';
import { kindsOf, ROUNDING, type GeometryScorerSubject } from './subject.js';

export const ceilingLaws: readonly Law<GeometryScorerSubject>[] = [
  {
    id: 'geometry-scorer/ceiling-ordered',
    title:
      'estimates a ceiling whose lower bound is not above its upper bound, both in range, with its method',
    why: 'Reports draw the band between the bounds.',
    async check(subject) {
      const [lowest, highest] = subject.scorer.range;
      for (const kind of kindsOf(subject)) {
        const { lower, upper, method } = await ceiling(subject, kind, 0.7, 4);
        const isBand = lowest <= lower && lower <= upper && upper <= highest + ROUNDING;
        demand(isBand, `by ${kind}, the bounds are ${lower} and ${upper}, the range [${lowest}, ${highest}]`);
        demand(method.length > 0, 'the ceiling does not name its method');
      }
    },
  },
  {
    id: 'geometry-scorer/ceiling-of-identical-subjects',
    title:
      'estimates the highest score as both bounds for subjects who do not differ, and less for those who do',
    why: 'The ceiling measures how subjects differ, and nothing else.',
    async check(subject) {
      const highest = subject.scorer.range[1];
      for (const kind of kindsOf(subject)) {
        const same = await ceiling(subject, kind, 0, 3);
        demandClose(`bounds by ${kind}`, [same.lower, same.upper], [highest, highest], ROUNDING);
        const different = await ceiling(subject, kind, 0.7, 3);
        demand(different.upper < highest, `for differing subjects, by ${kind}, it is ${different.upper}`);
      }
    },
  },
  {
    id: 'geometry-scorer/ceiling-of-one-subject-undefined',
    title: 'returns NaN bounds for a single subject',
    why: 'One subject says nothing of how subjects differ; a number in its place would be believed.',
    async check(subject) {
      for (const kind of kindsOf(subject)) {
        const { lower, upper } = await ceiling(subject, kind, 0.7, 1);
        demand(Number.isNaN(lower) && Number.isNaN(upper), `the bounds are ${lower} and ${upper}`);
      }
    },
  },
];

function ceiling(
  { scorer, options }: GeometryScorerSubject,
  kind: 'rdm' | 'responses',
  noise: number,
  nSubjects: number,
) {
  return scorer.doEstimateCeiling(plantTargets(kind, noise, nSubjects), options);
}
