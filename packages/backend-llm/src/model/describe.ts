// What is known of a language model without running it: of its graph, from its files, and from the options.

import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { chooseBatchSize, readNetworkFile } from '@striate/backend-onnx';
import type { ModelCard, PluginContext } from '@striate/contracts';
import type { LlmOptions } from '../options.js';
import type { Published } from '../published.js';
import { hashTokenizer, isCausal, isClip, limitTokens, readConfigs } from './configs.js';
import type { LanguageModel } from './language-model.js';
import { nameLayers } from './name-layers.js';
import { readRecipe } from './recipe.js';
import { findTextInputs } from './text-inputs.js';

export interface ModelRequest {
  /** Id of the model. */
  readonly id: string;
  /** Absolute path of the `.onnx` file. */
  readonly path: string;
  /** Absolute path of the folder with the files of transformers. */
  readonly folder: string;
  readonly published: Published | undefined;
  readonly options: LlmOptions;
  readonly context: PluginContext;
}

export interface Description {
  readonly model: LanguageModel;
  readonly card: Omit<ModelCard, 'preprocessing'>;
  /** Hash over everything that determines features. */
  readonly fingerprint: string;
}

/** Raised when the same files and options would give other features than before. */
const FEATURES_VERSION = 1;

/**
 * Describe a language model.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_MODEL_FILE_MALFORMED`, `STRIATE_ONNX_MALFORMED`,
 *   `STRIATE_NOT_OF_FAMILY`.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a network whose texts would depend on their company.
 */
export async function describeModel(request: ModelRequest): Promise<Description> {
  const { id, path, folder, published, options, context } = request;
  const configs = await readConfigs(folder);
  const { model: network, sha256 } = await readNetworkFile(path, 'llm');
  const { inputs, batchSize: declared } = findTextInputs(network.graph, id);
  const batchSize = chooseBatchSize(network.graph, { model: id, declared, wanted: options.batchSize });
  const said = { ...published?.recipe, ...(await readRecipe(folder)), ...options.embedding };
  const pooling = options.pooling ?? (isCausal(configs) ? 'last' : 'mean');
  const maxTokens = Math.min(options.maxTokens ?? said.maxTokens ?? Infinity, limitTokens(configs));
  const layers = nameLayers({ id, network, recipe: said, pooling });
  const { device, threads } = context;
  const session = {
    name: path,
    device,
    fusion: 'none',
    weightsFolder: dirname(path),
    ...(threads === undefined ? {} : { threads }),
  } as const;
  const family = isClip(configs) ? 'contrastive' : 'language';
  const read = options.input === 'caption-grid' ? options.grid : options.input;
  const determinants = [
    ...[FEATURES_VERSION, sha256, await hashTokenizer(folder)],
    ...[layers, maxTokens, read, batchSize, device],
  ];
  return {
    model: { id, path, inputs, batchSize, layers, maxTokens, session },
    card: { title: id, family, ...published?.card, ...options.card, id },
    fingerprint: createHash('sha256').update(JSON.stringify(determinants)).digest('hex'),
  };
}
