import { describerOf } from '../law/describe-laws.js';
import { defineLaws } from '../law/law.js';
import { contentLaws } from './content-laws.js';
import { optionsLaws } from '../options/options-laws.js';
import type { DatasetSubject } from './subject.js';
import { tableLaws } from './table-laws.js';

/** What every dataset promises. */
export const datasetLaws = defineLaws<DatasetSubject>(
  tableLaws,
  contentLaws,
  optionsLaws('dataset', ({ dataset }) => dataset),
);

/** Register one test per law of a dataset. */
export const describeDataset = describerOf('dataset', datasetLaws);
