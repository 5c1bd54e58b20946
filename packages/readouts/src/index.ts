// Readouts of striate, one folder each.

import { definePlugin } from '@striate/contracts';
import { createRidge } from './ridge/ridge.js';

export { createRidgeEngine, fitRidge, type RidgeEngine, type RidgeFit } from './ridge/fit.js';
export { parseRidgeOptions, powersOfTen, type RidgeOptions } from './ridge/options.js';
export { createRidge } from './ridge/ridge.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/readouts',
  provides: { readouts: { ridge: createRidge } },
});
export { factorizedReadout, type FactorizedWeights } from './factorized/graph.js';
