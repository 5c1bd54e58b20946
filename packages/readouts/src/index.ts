// Readouts of striate, one folder each.

import { definePlugin } from '@striate/contracts';
import { attention } from './attention/readout.js';
import { createBandedRidge } from './banded-ridge/banded-ridge.js';
import { factorized } from './factorized/readout.js';
import { createFwrf } from './fwrf/fwrf.js';
import { gaussian2d } from './gaussian2d/readout.js';
import { createGlobalPoolRidge } from './global-pool-ridge/global-pool-ridge.js';
import { linearSgd } from './linear-sgd/readout.js';
import { createRidge } from './ridge/ridge.js';
import { semanticSpatialTransformer } from './semantic-spatial-transformer/readout.js';
import { createTrainedReadout } from './trained/trained-readout.js';

export { fitBandedRidge, type BandedRidgeFit } from './banded-ridge/fit.js';
export { parseBandedRidgeOptions, type BandedRidgeOptions } from './banded-ridge/options.js';
export { factorizedReadout, type FactorizedWeights } from './factorized/graph.js';
export type { MapShape } from './features/map-shape.js';
export { gaussian2dReadout, type Gaussian2dWeights, type Jitter } from './gaussian2d/graph.js';
export { powersOfTen } from './options/readers.js';
export { createRidgeEngine, fitRidge, type RidgeEngine, type RidgeFit } from './ridge/fit.js';
export { parseRidgeOptions, type RidgeOptions } from './ridge/options.js';
export { createRidge } from './ridge/ridge.js';
export {
  transformerReadout,
  transformsOf,
  type Mover,
  type TransformerWeights,
} from './semantic-spatial-transformer/graph.js';
export { type Motion, type MotionPart } from './semantic-spatial-transformer/motion.js';
export type {
  Fields,
  GraphInputs,
  GraphReadout,
  OpenGraphReadout,
  ReadoutSize,
} from './trained/graph-readout.js';
export { createTrainedReadout } from './trained/trained-readout.js';
export type { TrainingOptions } from './trained/training-options.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/readouts',
  provides: {
    readouts: {
      'banded-ridge': createBandedRidge,
      factorized: () => createTrainedReadout(factorized),
      fwrf: createFwrf,
      gaussian2d: () => createTrainedReadout(gaussian2d),
      'global-pool-ridge': createGlobalPoolRidge,
      'linear-sgd': () => createTrainedReadout(linearSgd),
      ridge: createRidge,
      'semantic-spatial-transformer': () => createTrainedReadout(semanticSpatialTransformer),
      'softmax-attention': () => createTrainedReadout(attention),
    },
  },
});
