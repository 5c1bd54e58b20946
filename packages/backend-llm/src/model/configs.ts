// What stands beside a network in its folder: `config.json`, `tokenizer.json` and `tokenizer_config.json` of transformers.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from '@striate/backend-onnx';
import { fileMissing } from '@striate/contracts';

const CONFIG = 'config.json';
const TOKENIZER = 'tokenizer.json';
const TOKENIZER_CONFIG = 'tokenizer_config.json';

/** Files that a network needs beside it. */
export const COMPANIONS = [CONFIG, TOKENIZER, TOKENIZER_CONFIG] as const;

/** As far as they are read here. */
export interface Configs {
  readonly config: ModelConfig & { readonly text_config?: ModelConfig };
  readonly tokenizer: { readonly model_max_length?: number };
}

interface ModelConfig {
  readonly architectures?: readonly string[];
  readonly model_type?: string;
  readonly max_position_embeddings?: number;
  /** GPT-2's word for it. */
  readonly n_positions?: number;
}

/**
 * Read the configuration of a model and its tokenizer.
 *
 * @param folder Absolute path.
 * @throws {DataError} `STRIATE_FILE_MISSING` for any of the three files, `STRIATE_MODEL_FILE_MALFORMED`.
 */
export async function readConfigs(folder: string): Promise<Configs> {
  const config = await requireJson(folder, CONFIG);
  await requireJson(folder, TOKENIZER);
  const tokenizer = await requireJson(folder, TOKENIZER_CONFIG);
  return { config, tokenizer } as Configs;
}

async function requireJson(folder: string, name: string): Promise<unknown> {
  const path = join(folder, name);
  const json = await readJson(path);
  if (json !== undefined) return json;
  throw fileMissing({ path, what: `The ${name} of a language model` });
}

/** Hash the tokenizer of a folder that {@link readConfigs} has read. */
export async function hashTokenizer(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [TOKENIZER, TOKENIZER_CONFIG])
    hash.update(await readFile(join(folder, name))).update('\n');
  return hash.digest('hex');
}

/** Does a token see only those before it? Then all that a text says has come together in the last one. */
export function isCausal(configs: Configs): boolean {
  const { architectures = [] } = configs.config;
  return isClip(configs) || architectures.some((name) => /(CausalLM|LMHeadModel)$/.test(name));
}

/** Is it a CLIP, or the text encoder of one? */
export function isClip({ config }: Configs): boolean {
  return /^clip(_text_model)?$/.test(config.model_type ?? '');
}

/** Tokens of the longest text that the network has positions for and the tokenizer is meant for. */
export function limitTokens({ config, tokenizer }: Configs): number {
  const { max_position_embeddings: positions, n_positions: former } = config.text_config ?? config;
  return Math.min(positions ?? former ?? Infinity, tokenizer.model_max_length ?? Infinity);
}
