import { describerOf } from '../law/describe-laws.js';
import { defineLaws } from '../law/law.js';
import { optionsLaws } from '../options/options-laws.js';
import type { ScorerSubject } from './subject.js';
import { valueLaws } from './value-laws.js';
import { voxelLaws } from './voxel-laws.js';

/** What every prediction scorer promises. */
export const predictionScorerLaws = defineLaws<ScorerSubject>(
  valueLaws,
  voxelLaws,
  optionsLaws('scorer', ({ scorer }) => scorer),
);

/** Register one test per law of a prediction scorer. */
export const describeScorer = describerOf('prediction scorer', predictionScorerLaws);
