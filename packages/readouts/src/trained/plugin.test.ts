import { describeReadout } from '@striate/conformance';
import { attention } from '../attention/readout.js';
import { factorized } from '../factorized/readout.js';
import { linearSgd } from '../linear-sgd/readout.js';
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

describe.each([
  ['factorized', createTrainedReadout(factorized)],
  ['linear-sgd', createTrainedReadout(linearSgd)],
  ['softmax-attention', createTrainedReadout(attention)],
])('%s', (id, readout) => {
  const subject = () => ({
    ...{ plugin: id, readout, options: readout.parseOptions(QUICK) },
    isOrderDependent: true,
  });
  describeReadout({ describe, it }, subject);
});
