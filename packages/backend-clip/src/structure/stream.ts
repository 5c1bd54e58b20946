// The residual stream of a transformer: each block adds to it what its tokens attend to, then what each token makes of
// itself.

import type { Wiring } from '@striate/backend-onnx';
import type { OnnxNode } from '@striate/compute';
import { nodesBetween, operatorsOf, type Refuse } from './paths.js';

export interface Stream {
  /** Value that the first block reads. */
  readonly start: string;
  /** Are the tokens normalised before the first block? */
  readonly isNormalised: boolean;
  /** Values that the blocks hand on, in order. */
  readonly blocks: readonly string[];
}

const ATTENTION = /^(Softmax|Attention|MultiHeadAttention)$/;

/** What a layer normalisation is written as, in one node or in many. */
const NORMALISATION = /^(LayerNormalization|ReduceMean|Sub|Pow|Mul|Add|Sqrt|Div|Reciprocal)$/;

/** Follow the stream from the tokens to the end of the last block. */
export function findStream(wiring: Wiring, tokens: string, refuse: Refuse): Stream {
  const first = wiring.nodes.find((node) => isSum(node, wiring));
  if (!first) return refuse('it has no residual sums');
  const start = olderInput(first, wiring);
  const before = nodesBetween(wiring, tokens, start);
  if (!before) return refuse('its first residual sum does not start from its tokens');
  const leading = operatorsOf(before);
  const foreign = [...leading].find((operator) => !NORMALISATION.test(operator));
  if (foreign) return refuse(`${foreign} stands between its tokens and its first residual sum`);
  const sums = listSums(wiring, start);
  sums.forEach((sum, i) => {
    const isAttention = i % 2 === 0;
    if (addsAttention(sum, i === 0 ? start : sums[i - 1].output[0], wiring) !== isAttention)
      refuse(`its residual sum ${i + 1} of ${sums.length} adds ${isAttention ? 'no' : 'more'} attention`);
  });
  if (sums.length % 2 !== 0) return refuse(`it has ${sums.length} residual sums, not two per block`);
  const blocks = sums.filter((_, i) => i % 2 === 1).map((sum) => sum.output[0]);
  return { start, isNormalised: leading.size > 0, blocks };
}

function isSum(node: OnnxNode, { imageInputs }: Wiring): boolean {
  return node.opType === 'Add' && imageInputs(node).length === 2;
}

/** Of two values that one is made from the other, the one that is made first. */
function olderInput(sum: OnnxNode, { nodes, maker, imageInputs }: Wiring): string {
  const place = (name: string) => nodes.findIndex((node) => node === maker(name));
  const [left, right] = imageInputs(sum);
  return place(left) < place(right) ? left : right;
}

/** The sums along the stream, each of which adds to the one before. */
function listSums(wiring: Wiring, start: string): readonly OnnxNode[] {
  const sums: OnnxNode[] = [];
  const next = (value: string) => wiring.readers(value).find((node) => isSum(node, wiring));
  for (let sum = next(start); sum; sum = next(sum.output[0])) sums.push(sum);
  return sums;
}

function addsAttention(sum: OnnxNode, before: string, wiring: Wiring): boolean {
  const branch = wiring.imageInputs(sum).find((name) => name !== before) ?? before;
  const operators = operatorsOf(nodesBetween(wiring, before, branch) ?? []);
  return [...operators].some((operator) => ATTENTION.test(operator));
}
