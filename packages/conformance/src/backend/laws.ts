import { defineLaws } from '../law/law.js';
import { describerOf } from '../law/describe-laws.js';
import { conductLaws } from './conduct-laws.js';
import { coreLaws } from './core-laws.js';
import { descriptionLaws } from './description-laws.js';
import { featureLaws } from './feature-laws.js';
import { invarianceLaws } from './invariance-laws.js';
import { optionsLaws } from '../options/options-laws.js';
import type { BackendSubject } from './subject.js';

/** What every backend promises. */
export const backendLaws = defineLaws<BackendSubject>(
  descriptionLaws,
  featureLaws,
  invarianceLaws,
  conductLaws,
  coreLaws,
  optionsLaws('backend', ({ backend }) => backend),
);

/** Register one test per law of a backend. */
export const describeBackend = describerOf('backend', backendLaws);
