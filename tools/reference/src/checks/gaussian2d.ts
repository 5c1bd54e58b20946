import { gaussian2dReadout } from '@striate/readouts/gaussian2d';
import type { Check } from '../check.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

const INPUTS = ['feature_map', 'mu', 'features', 'bias'] as const;

/** The Gaussian 2-D readout and its gradients: in training where the case has `eps`, else in evaluation. */
export const gaussian2d: Check = {
  prefix: 'gaussian2d-',
  inputs: [...INPUTS, 'upstream'],
  optional: ['sigma', 'eps'],
  outputs: /^(y|grad_(feature_map|mu|sigma|features|bias))$/,
  precisions: ['float32'],
  tolerance: graphTolerance,
  compute(given) {
    const inputs = inputsOf(given, INPUTS);
    if (!given.arrays.has('eps')) {
      const y = gaussian2dReadout(inputs.feature_map, inputs);
      return computeGraph(given, inputs, { y }, y);
    }
    const jitter = inputsOf(given, ['sigma', 'eps']);
    const y = gaussian2dReadout(inputs.feature_map, inputs, jitter);
    return computeGraph(given, { ...inputs, ...jitter }, { y }, y);
  },
};
