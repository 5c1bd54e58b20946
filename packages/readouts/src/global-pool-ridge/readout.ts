// A control: what is left of a map when its places are given up. It is ridge, on one number per channel.

import type { Value } from '@striate/compute';
import { optionsParser, type FittedReadout, type FitSize, type Readout } from '@striate/contracts';
import { describeRidge, RIDGE_READERS, type RidgeOptions } from '../ridge/options.js';
import { create as createRidge } from '../ridge/readout.js';
import { pooledGraph, poolGlobally } from './pooled.js';

/** Make the `global-pool-ridge` readout. */
export function create(): Readout<RidgeOptions> {
  const ridge = createRidge();
  const pooledSize = (size: FitSize): FitSize => ({ ...size, rowLength: size.rowShape[0] });
  return {
    ...ridge,
    id: 'global-pool-ridge',
    title: 'Global average pooling, then ridge regression',
    version: 2,
    parseOptions: optionsParser('global-pool-ridge', RIDGE_READERS),
    describe: (options) =>
      `Mean of each channel over all places, then ridge regression, ${describeRidge(options)}`,
    estimateMemory: (size, options) => ridge.estimateMemory(pooledSize(size), options),
    estimateWork: (size, options) => ridge.estimateWork(pooledSize(size), options),
    async doFit(request, options) {
      const inputs = { features: poolGlobally(request.inputs.features) };
      return onPooled(await ridge.doFit({ ...request, inputs }, options));
    },
    fromState: (state) => onPooled(ridge.fromState(state)),
  };
}

function onPooled(fitted: FittedReadout): FittedReadout {
  return {
    ...fitted,
    doPredict: ({ features }, signal) => fitted.doPredict({ features: poolGlobally(features) }, signal),
    toGraph: ({ features }) => fitted.toGraph!({ features: pooledGraph(features as Value) }),
  };
}
