// How a sentence encoder makes one vector of a text, as the files of sentence-transformers say it: `modules.json`,
// `1_Pooling/config.json`, `sentence_bert_config.json`.

import { join } from 'node:path';
import { readJson } from '@striate/backend-onnx';
import { modelFileMalformed } from '@striate/contracts';
import type { Pooling } from '../text/pool.js';

/** What is said of a model; what is left out is not said. */
export interface Recipe {
  /** How tokens become the embedding of a text. */
  readonly pooling?: Pooling;
  /** Is the embedding scaled to length 1? */
  readonly isNormalised?: boolean;
  /** Longer texts are cut. */
  readonly maxTokens?: number;
}

interface Module {
  readonly type?: string;
  readonly path?: string;
}

/** Types of modules whose part in the recipe is known, by their last word. */
const KNOWN = ['Transformer', 'Pooling', 'Normalize'];

/** sentence-transformers' names of the poolings that are known here. */
const POOLINGS: Readonly<Record<string, Pooling>> = {
  pooling_mode_mean_tokens: 'mean',
  pooling_mode_cls_token: 'cls',
  pooling_mode_lasttoken: 'last',
};

/**
 * Read the recipe of a sentence encoder.
 *
 * @param folder Absolute path.
 * @returns Empty if the files are not there.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED` for a recipe that is not understood.
 */
export async function readRecipe(folder: string): Promise<Recipe> {
  const limits = (await readJson(join(folder, 'sentence_bert_config.json'))) as
    { max_seq_length?: number } | undefined;
  const maxTokens = limits?.max_seq_length ? { maxTokens: limits.max_seq_length } : {};
  const path = join(folder, 'modules.json');
  const modules = (await readJson(path)) as readonly Module[] | undefined;
  if (modules === undefined) return maxTokens;
  const kinds = modules.map(({ type }) => type?.split('.').at(-1) ?? 'untyped');
  const unknown = kinds.find((kind) => !KNOWN.includes(kind));
  if (unknown !== undefined)
    throw modelFileMalformed({ path, reason: `what a module of type "${unknown}" does is not known here` });
  const pooling = modules[kinds.indexOf('Pooling')];
  if (!pooling) return maxTokens;
  const config = join(folder, pooling.path ?? '', 'config.json');
  return { pooling: await readPooling(config), isNormalised: kinds.includes('Normalize'), ...maxTokens };
}

async function readPooling(path: string): Promise<Pooling> {
  const config = ((await readJson(path)) ?? {}) as Readonly<Record<string, unknown>>;
  const modes = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true);
  const pooling = modes.length === 1 ? POOLINGS[modes[0]] : undefined;
  if (pooling) return pooling;
  const reason = `its pooling, ${modes.join(' and ') || 'not said'}, is none of ${Object.keys(POOLINGS).join(', ')}`;
  throw modelFileMalformed({ path, reason });
}
