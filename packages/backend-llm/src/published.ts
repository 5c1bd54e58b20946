// Models that have an id here: where their weights are published, and the recipes that their publishers give.

import type { ModelCard } from '@striate/contracts';
import type { Recipe } from './model/recipe.js';

export interface Published {
  readonly card: ModelCard;
  /** Name on the Hugging Face hub of weights in ONNX. */
  readonly hubName: string;
  /** Name of the file of the network, without `.onnx`. */
  readonly network: string;
  /** The folders with weights in ONNX lack the files that say it. */
  readonly recipe: Recipe;
}

const REIMERS = 'Reimers & Gurevych 2019, Sentence-BERT, EMNLP';
const PAIRS = '1.17 billion pairs of sentences';

export const PUBLISHED: readonly Published[] = [
  {
    ...publish('all-mpnet-base-v2', 'MPNet sentence encoder, all-mpnet-base-v2', 'model', {
      ...{ family: 'language', trainingData: PAIRS, licence: 'Apache-2.0' },
      citation: `Song et al. 2020, MPNet, NeurIPS; ${REIMERS}`,
    }),
    recipe: { pooling: 'mean', isNormalised: true, maxTokens: 384 },
  },
  {
    ...publish('all-MiniLM-L6-v2', 'MiniLM sentence encoder, all-MiniLM-L6-v2', 'model', {
      ...{ family: 'language', trainingData: PAIRS, licence: 'Apache-2.0' },
      citation: `Wang et al. 2020, MiniLM, NeurIPS; ${REIMERS}`,
    }),
    recipe: { pooling: 'mean', isNormalised: true, maxTokens: 256 },
  },
  publish('clip-vit-base-patch32', 'CLIP ViT-B/32, text encoder', 'text_model', {
    ...{ family: 'contrastive', trainingData: '400 million pairs of image and text (WIT)', licence: 'MIT' },
    citation:
      'Radford et al. 2021, Learning transferable visual models from natural language supervision, ICML',
  }),
  publish('gpt2', 'GPT-2, 124 million parameters', 'decoder_model', {
    ...{ family: 'language', trainingData: 'WebText', licence: 'MIT' },
    citation: 'Radford et al. 2019, Language models are unsupervised multitask learners',
  }),
];

function publish(
  id: string,
  title: string,
  network: string,
  about: Omit<ModelCard, 'id' | 'title' | 'source'>,
): Published {
  const hubName = `Xenova/${id}`;
  return {
    card: { id, title, source: `https://huggingface.co/${hubName}`, ...about },
    hubName,
    network,
    recipe: {},
  };
}

/** The published model of an id, or of a name on the hub. */
export function findPublished(model: string): Published | undefined {
  return PUBLISHED.find(({ card, hubName }) => model === card.id || model === hubName);
}
