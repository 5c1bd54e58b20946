// The layers of a ResNet under names that are the same for every file: `stem`, `stage1_block1`, ..., `pool`, `logits`.

import type { NamedLayer, Wiring } from '@striate/backend-onnx';
import type { OnnxNode } from '@striate/compute';
import type { Block } from './blocks.js';
import type { Structure } from './recognise.js';

/**
 * Name the layers of a ResNet, in order of computation. Torchvision's names are taken as well (`layer1.0`, `layer1`,
 * `avgpool`, `fc`), and `stage1` for the end of a stage.
 */
export function nameLayers({ stages, variants, wiring }: Structure): readonly NamedLayer[] {
  const blocks = stages.flatMap((stage, i) => nameStage(stage, i + 1, variants[0].blocks[i]));
  return [nameStem(stages[0][0], wiring), ...blocks, ...nameHead(wiring, stages.at(-1)!.at(-1)!.output)];
}

/** What the first block reads: in the usual form the pooled first convolution. */
function nameStem({ input }: Block, wiring: Wiring): NamedLayer {
  const isPooled = wiring.maker(input)?.opType === 'MaxPool';
  return { name: 'stem', value: input, aliases: isPooled ? ['maxpool'] : [] };
}

function nameStage(stage: readonly Block[], number: number, whole: number): readonly NamedLayer[] {
  return stage.map(({ output }, i) => ({
    name: `stage${number}_block${i + 1}`,
    value: output,
    aliases: [`layer${number}.${i}`, ...(i + 1 === whole ? [`stage${number}`, `layer${number}`] : [])],
  }));
}

const POOL = /^(GlobalAveragePool|ReduceMean|AveragePool)$/;
const FLATTEN = /^(Flatten|Reshape|Squeeze)$/;

/** What follows the last block, as far as the file goes: pooled and flattened, then classified. */
function nameHead(wiring: Wiring, last: string): readonly NamedLayer[] {
  const pooling = follow(wiring, last, (node) => POOL.test(node.opType));
  if (!pooling) return [];
  const flattening = wiring.readers(pooling.output[0]).find((node) => FLATTEN.test(node.opType));
  const pool = (flattening ?? pooling).output[0];
  const classifying = follow(wiring, pool, (node) => /^(Gemm|MatMul)$/.test(node.opType));
  return [
    { name: 'pool', value: pool, aliases: ['avgpool'] },
    ...(classifying ? [{ name: 'logits', value: addBias(wiring, classifying), aliases: ['fc'] }] : []),
  ];
}

/** The first node of a kind along the single path that leaves a value. */
function follow(wiring: Wiring, from: string, isWanted: (node: OnnxNode) => boolean): OnnxNode | undefined {
  const [node] = wiring.readers(from);
  if (!node || isWanted(node)) return node;
  return follow(wiring, node.output[0], isWanted);
}

function addBias(wiring: Wiring, { opType, output }: OnnxNode): string {
  const next =
    opType === 'MatMul' ? wiring.readers(output[0]).find((node) => node.opType === 'Add') : undefined;
  return (next ?? { output }).output[0];
}
