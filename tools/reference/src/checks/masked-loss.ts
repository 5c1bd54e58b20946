import { meanSquaredError, meanSquaredErrorAndConcordance, onnx, scalar } from '@striate/compute';
import type { Check } from '../check.js';
import { computeGraph, graphTolerance, inputsOf } from './graph.js';

/** Mean squared error plus 1 - CCC over the entries that were measured. */
export const maskedLoss: Check = {
  prefix: 'masked-mse',
  inputs: ['prediction', 'target', 'mask'],
  outputs: /^(mse|ccc|loss|grad_prediction)$/,
  precisions: ['float32'],
  tolerance: graphTolerance,
  compute(given) {
    const inputs = inputsOf(given, ['prediction', 'target', 'mask'], { mask: 'bool' });
    const { prediction, target, mask } = inputs;
    const mse = meanSquaredError(prediction, { target, mask });
    const loss = meanSquaredErrorAndConcordance(prediction, { target, mask });
    const ccc = onnx.Sub(scalar(1, loss), onnx.Sub(loss, mse));
    return computeGraph(given, inputs, { mse, ccc, loss }, loss);
  },
};
