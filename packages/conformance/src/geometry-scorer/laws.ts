import { describerOf } from '../law/describe-laws.js';
import { defineLaws } from '../law/law.js';
import { ceilingLaws } from './ceiling-laws.js';
import { optionsLaws } from '../options/options-laws.js';
import { scoreLaws } from './score-laws.js';
import type { GeometryScorerSubject } from './subject.js';

/** What every geometry scorer promises. */
export const geometryScorerLaws = defineLaws<GeometryScorerSubject>(
  scoreLaws,
  ceilingLaws,
  optionsLaws('geometry-scorer', ({ scorer }) => scorer),
);

/** Register one test per law of a geometry scorer. */
export const describeGeometryScorer = describerOf('geometry scorer', geometryScorerLaws);
