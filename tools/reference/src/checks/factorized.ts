import { factorizedReadout } from '@striate/readouts/factorized';
import type { Check } from '../check.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

const INPUTS = ['feature_map', 'spatial', 'features', 'bias'] as const;

/** The factorised readout and its gradients. */
export const factorized: Check = {
  prefix: 'factorized-',
  inputs: [...INPUTS, 'upstream'],
  outputs: /^(y|grad_(feature_map|spatial|features|bias))$/,
  precisions: ['float32'],
  tolerance: graphTolerance,
  compute(given) {
    const inputs = inputsOf(given, INPUTS);
    const y = factorizedReadout(inputs.feature_map, inputs);
    return computeGraph(given, inputs, { y }, y);
  },
};
