// The image encoders that OpenAI published, and where their weights are in ONNX.

import type { ModelCard } from '@striate/contracts';

/** What tells one vision transformer from another. */
export interface Dimensions {
  /** Pixels of a patch, [height, width]. */
  readonly patch: readonly [height: number, width: number];
  /** Numbers per token. */
  readonly width: number;
  readonly nBlocks: number;
}

export interface Variant extends Dimensions {
  readonly id: string;
  readonly title: string;
  /** Name on the Hugging Face hub of weights in ONNX. */
  readonly hubName: string;
}

/** @source Radford et al. 2021, Learning transferable visual models from natural language supervision, table 20. */
export const VARIANTS: readonly Variant[] = [
  variant('base', 'B', { patch: [32, 32], width: 768, nBlocks: 12 }),
  variant('base', 'B', { patch: [16, 16], width: 768, nBlocks: 12 }),
  variant('large', 'L', { patch: [14, 14], width: 1024, nBlocks: 24 }),
];

function variant(size: string, letter: string, dimensions: Dimensions): Variant {
  const [pixels] = dimensions.patch;
  const id = `clip-vit-${size}-patch${pixels}`;
  return { id, title: `CLIP ViT-${letter}/${pixels}`, hubName: `Xenova/${id}`, ...dimensions };
}

/** The card of a variant as published. */
export function publishedCard({ id, title, hubName }: Variant): ModelCard {
  return {
    id,
    title,
    family: 'contrastive',
    trainingData: 'WebImageText, 400 million pairs of image and text (not public)',
    source: `https://huggingface.co/${hubName}`,
    licence: 'MIT',
    citation:
      'Radford et al. 2021, Learning transferable visual models from natural language supervision, ICML',
  };
}
