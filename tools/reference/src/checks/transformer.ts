import { transformerReadout, transformsOf, type Mover } from '@striate/readouts/semantic-spatial-transformer';
import type { Value } from '@striate/compute';
import type { Check } from '../check.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

const MOVERS = ['loc_w0', 'loc_b0', 'loc_w1', 'loc_b1', 'enc_w0', 'enc_b0', 'enc_w1', 'enc_b1'] as const;
const INPUTS = ['feature_map', 'descriptor', 'spatial', 'features', 'bias', ...MOVERS] as const;

/** The semantic spatial transformer, its transforms and its gradients. */
export const transformer: Check = {
  prefix: 'semantic-spatial-transformer',
  inputs: [...INPUTS, 'upstream'],
  outputs: /^(y|theta_(mask|map)|grad_(feature_map|descriptor|spatial|features|bias|(loc|enc)_[wb][01]))$/,
  tolerance: graphTolerance,
  // The case's own float32 is 0.9e-5 (y) and 8.1e-5 (a gradient) of values above 0.01 of the largest off the exact ones, and
  // PyTorch's 1.2e-5 on another machine: places in a mask are sums in which much cancels.
  floor: 0.1,
  compute(given, precision) {
    const inputs = inputsOf(given, INPUTS, {}, precision);
    const { feature_map, descriptor } = inputs;
    const [voxelMover, channelMover] = [moverOf(inputs, 'loc'), moverOf(inputs, 'enc')];
    const y = transformerReadout(feature_map, descriptor, { ...inputs, voxelMover, channelMover });
    const theta_mask = transformsOf(descriptor, voxelMover);
    const theta_map = transformsOf(descriptor, channelMover);
    return computeGraph(given, inputs, { y, theta_mask, theta_map }, y);
  },
};

function moverOf(inputs: Readonly<Record<(typeof INPUTS)[number], Value>>, name: 'loc' | 'enc'): Mover {
  const of = <Part extends 'w0' | 'b0' | 'w1' | 'b1'>(part: Part) => inputs[`${name}_${part}`];
  return { w0: of('w0'), b0: of('b0'), w1: of('w1'), b1: of('b1') };
}
