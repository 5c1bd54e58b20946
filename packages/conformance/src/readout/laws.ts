import { describerOf } from '../law/describe-laws.js';
import { defineLaws } from '../law/law.js';
import { conductLaws } from './conduct-laws.js';
import { optionsLaws } from '../options/options-laws.js';
import { predictionLaws } from './prediction-laws.js';
import type { ReadoutSubject } from './subject.js';
import { voxelLaws } from './voxel-laws.js';

/** What every readout promises. */
export const readoutLaws = defineLaws<ReadoutSubject>(
  predictionLaws,
  voxelLaws,
  conductLaws,
  optionsLaws('readout', ({ readout }) => readout),
);

/** Register one test per law of a readout. */
export const describeReadout = describerOf('readout', readoutLaws);
