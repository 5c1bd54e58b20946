// The end of CLIP's image encoder: the class token, normalised, is projected to where images and texts are compared.

import type { Wiring } from '@striate/backend-onnx';
import type { OnnxNode } from '@striate/compute';
import { nodesBetween, operatorsOf, type Refuse } from './paths.js';

const PRODUCT = /^(MatMul|Gemm)$/;

/** Find the value of the projected class token, [stimulus, feature]. */
export function findEmbedding(wiring: Wiring, last: string, refuse: Refuse): string {
  const { nodes, maker, imageInputs } = wiring;
  const behind = nodes.slice(nodes.findIndex((node) => node === maker(last)) + 1);
  const projection = behind.find((node) => PRODUCT.test(node.opType) && imageInputs(node).length === 1);
  const between = projection && nodesBetween(wiring, last, imageInputs(projection)[0]);
  if (!between) return refuse('nothing projects its class token behind the last block');
  const operators = operatorsOf(between);
  if (!operators.has('LayerNormalization') && !operators.has('Sqrt'))
    return refuse('what is projected is not normalised');
  if (!operators.has('Gather') && !operators.has('Slice'))
    return refuse('what is projected is not its class token');
  if (hasBias(projection, wiring))
    return refuse("its head has a bias, as a classifier's has, and CLIP's projection has not");
  return projection.output[0];
}

function hasBias({ input, output }: OnnxNode, { readers, imageInputs }: Wiring): boolean {
  const isShifted = readers(output[0]).some(
    (node) => node.opType === 'Add' && imageInputs(node).length === 1,
  );
  return isShifted || (input[2] ?? '') !== '';
}
