import { basename, dirname } from 'node:path';
import { locateModel, type LocatedModel } from '@striate/backend-onnx';
import { StriateError, type PluginContext } from '@striate/contracts';
import type { Published } from '../published.js';
import { COMPANIONS } from './configs.js';

/** Names that files of language models have: text encoders of CLIP, encoders, causal models. */
const NETWORKS = ['text_model', 'model', 'decoder_model'];

/** The one that messages name where any would do. */
const USUAL = 'model';

/**
 * Find the files of a language model: a path, or a name of the hub.
 *
 * @param published The published model that was asked for, if it is one.
 * @returns Absolute paths of the network and of the folder with the files of transformers.
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND` with the places that were looked at, and what to download.
 */
export async function locateLanguageModel(
  model: string,
  published: Published | undefined,
  { modelsFolder, context }: { readonly modelsFolder: string; readonly context: PluginContext },
): Promise<Required<LocatedModel>> {
  const hubName = published ? { hubName: published.hubName } : {};
  const look = async (network: string) => {
    const request = {
      backend: 'llm',
      model,
      network,
      companions: COMPANIONS,
      modelsFolder,
      context,
      ...hubName,
    };
    const found = await locateModel(request);
    return { folder: dirname(found.path), ...found };
  };
  if (model.endsWith('.onnx')) return look(basename(model, '.onnx'));
  if (published) return look(published.network);
  for (const network of NETWORKS) {
    const found = await look(network).catch(ignoreMissing);
    if (found) return found;
  }
  return look(USUAL);
}

function ignoreMissing(error: unknown): undefined {
  if (StriateError.isInstance(error) && error.code === 'STRIATE_MODEL_NOT_FOUND') return undefined;
  throw error;
}
