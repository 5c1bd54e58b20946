// The layers of a language model: `block1` ... `blockN`, `last`, `embedding`.

import type { OnnxModel } from '@striate/compute';
import { notOfFamily } from '@striate/contracts';
import { findBlocks } from '../structure/blocks.js';
import type { Pooling } from '../text/pool.js';
import type { TextLayer } from './language-model.js';
import type { Recipe } from './recipe.js';
import { IDS } from './text-inputs.js';

/** Outputs by the names that exporters give them. */
const TOKENS = ['last_hidden_state', 'token_embeddings'];
const VECTORS = ['text_embeds', 'sentence_embedding'];
const LOGITS = ['logits'];

export interface LayerSources {
  /** Of the model, for messages. */
  readonly id: string;
  readonly network: OnnxModel;
  readonly recipe: Recipe;
  /** Of the tokens of hidden layers. */
  readonly pooling: Pooling;
}

/**
 * Name the layers of a language model, in order of computation.
 *
 * @throws {DataError} `STRIATE_NOT_OF_FAMILY` if there is none.
 */
export function nameLayers({ id, network, recipe, pooling }: LayerSources): readonly TextLayer[] {
  const outputs = network.graph.output.map((output) => output.name);
  const find = (names: readonly string[]) => names.find((name) => outputs.includes(name));
  const tokens = find(TOKENS);
  const end = tokens ?? find([...VECTORS, ...LOGITS]);
  const blocks = end === undefined ? [] : findBlocks(network, IDS, end, id);
  const layers = [
    ...nameHidden(blocks, tokens).map((layer) => ({ ...layer, pooling, isNormalised: false })),
    ...nameEmbedding(tokens, find(VECTORS), recipe),
  ];
  if (layers.length > 0) return layers;
  const known = [...TOKENS, ...VECTORS].join(' or ');
  const reason = `none of its outputs (${outputs.join(', ')}) is ${known}, and no blocks of a transformer are found in it`;
  throw notOfFamily({ model: id, family: 'language model', reason });
}

/** The last hidden state is the last block's, or what a last normalisation makes of that. */
function nameHidden(
  blocks: readonly string[],
  last: string | undefined,
): readonly Pick<TextLayer, 'name' | 'aliases' | 'value'>[] {
  const named = blocks.map((value, i) => ({
    ...{ name: `block${i + 1}`, value },
    ...(value === last && { aliases: ['last'] }),
  }));
  return last === undefined || blocks.includes(last) ? named : [...named, { name: 'last', value: last }];
}

/** The model's own embedding of a text: made of its tokens by its recipe, or an output of the file. */
function nameEmbedding(
  tokens: string | undefined,
  vector: string | undefined,
  { pooling, isNormalised = false }: Recipe,
): readonly TextLayer[] {
  if (tokens !== undefined && pooling) return [{ name: 'embedding', value: tokens, pooling, isNormalised }];
  return vector === undefined ? [] : [{ name: 'embedding', value: vector, isNormalised }];
}
