import { describeReadout, type Deviation } from '@striate/conformance';
import { create } from './readout.js';

/** The kit plants responses with a mean, which is out of reach without an intercept. */
const WITHOUT_INTERCEPT: Deviation[] = [
  'readout/recovers-linear-map',
  'readout/fewer-stimuli-than-features',
  'readout/constant-voxel',
  'readout/training-order-irrelevant',
].map((law) => ({ law, reason: 'no intercept was asked for, and the responses have a mean' }));

const VARIANTS: readonly [options: object, deviations: Deviation[]][] = [
  [{}, []],
  [{ standardise: true }, []],
  [{ scoreBy: 'correlation', precision: 'float64' }, []],
  [{ shuffle: true }, []],
  [{ intercept: false }, WITHOUT_INTERCEPT],
];

describe.each(VARIANTS)('ridge with %j', (options, deviations) => {
  const readout = create();
  const subject = () => ({ plugin: 'ridge', readout, options: readout.parseOptions(options) });
  describeReadout({ describe, it }, subject, { deviations });
});
