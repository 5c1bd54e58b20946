import { blurPool } from '@striate/backend-response-optimized';
import { constant } from '@striate/compute';
import type { Check } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

/** Blur-pool: the case's own Gaussian is what our pooling makes of a single point. */
export const blurPooling: Check = {
  prefix: 'antialiased-avg-pool',
  inputs: ['x', 'y', 'kernel'], // y and the kernel say stride and sigma
  outputs: /^(kernel|y)$/,
  precisions: ['float32'],
  tolerance: graphTolerance,
  compute(given) {
    const inputs = inputsOf(given, ['x']);
    const sigma = readSigma(given);
    const y = blurPool(inputs.x, { stride: readStride(given), sigma });
    const point = new Float32Array(25);
    point[12] = 1;
    const kernel = blurPool(constant('float32', [1, 1, 5, 5], point), { stride: 1, sigma });
    return computeGraph(given, inputs, { y, kernel }, y);
  },
};

/** Off the middle weight and its neighbour, whose ratio is exp(-1 / 2 sigma^2). */
function readSigma({ arrays }: ReferenceCase): number {
  const { data } = arrays.get('kernel')!;
  return Math.sqrt(1 / (2 * Math.log(data[12] / data[13])));
}

/** The smallest that leaves as many rows as the case has. */
function readStride({ arrays }: ReferenceCase): number {
  const [rows, kept] = ['x', 'y'].map((name) => arrays.get(name)!.shape[2]);
  let stride = 1;
  while (Math.ceil(rows / stride) > kept) stride++;
  return stride;
}
