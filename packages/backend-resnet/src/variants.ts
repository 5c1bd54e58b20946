// The ResNets that have a number, and where their weights are published.

import type { ModelCard } from '@striate/contracts';

/** Two convolutions of 3x3 per block, or 1x1, 3x3, 1x1. */
export type BlockKind = 'basic' | 'bottleneck';

export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly kind: BlockKind;
  /** Blocks per stage. */
  readonly blocks: readonly number[];
  /** Name on the Hugging Face hub of weights in ONNX. */
  readonly hubName: string;
}

/** @source He et al. 2016, Deep residual learning for image recognition, table 1. */
export const VARIANTS: readonly Variant[] = [
  variant(18, 'basic', [2, 2, 2, 2]),
  variant(34, 'basic', [3, 4, 6, 3]),
  variant(50, 'bottleneck', [3, 4, 6, 3]),
  variant(101, 'bottleneck', [3, 4, 23, 3]),
];

function variant(depth: number, kind: BlockKind, blocks: readonly number[]): Variant {
  return {
    id: `resnet${depth}`,
    title: `ResNet-${depth}`,
    kind,
    blocks,
    hubName: `Xenova/resnet-${depth}`,
  };
}

/** The card of a variant as published. */
export function publishedCard({ id, title, hubName }: Variant): ModelCard {
  return {
    id,
    title,
    family: 'task-optimised',
    trainingData: 'ImageNet-1k',
    source: `https://huggingface.co/${hubName}`,
    licence: 'Apache-2.0',
    citation: 'He, Zhang, Ren & Sun 2016, Deep residual learning for image recognition, CVPR',
  };
}
