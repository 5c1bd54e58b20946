import { describeReadout, type Deviation } from '@striate/conformance';
import { create } from './readout.js';

const TOO_FEW: Deviation[] = ['readout/recovers-linear-map', 'readout/fewer-stimuli-than-features'].map(
  (law) => ({
    law,
    reason:
      'the six voxels of the kit have six directions of features between them, of which three are taken',
  }),
);

const VARIANTS: readonly [options: object, deviations: Deviation[]][] = [
  [{}, []],
  [{ standardise: true }, []],
  [{ components: 3 }, TOO_FEW],
];

describe.each(VARIANTS)('pls with %j', (options, deviations) => {
  const readout = create();
  const subject = () => ({ plugin: 'pls', readout, options: readout.parseOptions(options) });
  describeReadout({ describe, it }, subject, { deviations });
});
