import { describerOf } from '../law/describe-laws.js';
import { defineLaws } from '../law/law.js';
import { conductLaws } from './conduct-laws.js';
import { optionsLaws } from '../options/options-laws.js';
import type { CeilingSubject } from './subject.js';
import { valueLaws } from './value-laws.js';

/** What every noise ceiling promises. */
export const ceilingLaws = defineLaws<CeilingSubject>(
  valueLaws,
  conductLaws,
  optionsLaws('ceiling', ({ ceiling }) => ceiling),
);

/** Register one test per law of a noise ceiling. */
export const describeCeiling = describerOf('noise ceiling', ceilingLaws);
