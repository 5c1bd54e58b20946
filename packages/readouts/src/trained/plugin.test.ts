import { describeReadout, type Deviation } from '@striate/conformance';
import { attention } from '../attention/readout.js';
import { factorized } from '../factorized/readout.js';
import { gaussian2d } from '../gaussian2d/readout.js';
import { linearSgd } from '../linear-sgd/readout.js';
import { semanticSpatialTransformer } from '../semantic-spatial-transformer/readout.js';
import { createTrainedReadout } from './trained-readout.js';

/** The kit's data are small and certain: large steps, few of them. */
const QUICK = {
  learningRate: 0.02,
  batchSize: 6,
  accumulate: 1,
  maxEpochs: 100,
  validateEvery: 20,
  patience: 6,
  seeds: 1,
};

/** A step that is large beside the first masks (1e-3) may take all of a mask below zero at once. */
const SMALL_STEPS = { learningRate: 0.005, maxEpochs: 150, patience: 10 };

const missesTheTruth = (reason: string): Deviation[] =>
  ['readout/recovers-linear-map', 'readout/fewer-stimuli-than-features'].map((law) => ({ law, reason }));

const LOCAL = missesTheTruth(
  "the kit's maps are white noise: a point learns nothing of what lies more than a pixel away",
);
const NOISE = missesTheTruth(
  "the kit's descriptors are noise: a hundred stimuli do not show that nothing follows from them",
);

const transformer = createTrainedReadout(semanticSpatialTransformer);

describe.each([
  ['factorized', createTrainedReadout(factorized), {}, []],
  ['gaussian2d', createTrainedReadout(gaussian2d), {}, LOCAL],
  ['gaussian2d', createTrainedReadout(gaussian2d), { covariance: 'full' }, LOCAL],
  ['linear-sgd', createTrainedReadout(linearSgd), {}, []],
  ['semantic-spatial-transformer', transformer, { ...SMALL_STEPS, moves: 'none' }, []],
  ['semantic-spatial-transformer', transformer, SMALL_STEPS, NOISE],
  ['softmax-attention', createTrainedReadout(attention), {}, []],
])('%s', (id, readout, options, deviations) => {
  const subject = () => ({
    ...{ plugin: id, readout, options: readout.parseOptions({ ...QUICK, ...options }) },
    isOrderDependent: true,
  });
  describeReadout({ describe, it }, subject, { deviations });
});
