// What stands written about a model, in its own metadata and in the card beside it, `<name>.card.json`: what it is, and
// how images are prepared for it.

import { readFile } from 'node:fs/promises';
import type { OnnxModel } from '@striate/compute';
import { allOptions, mapping, modelFileMalformed } from '@striate/contracts';
import { CARD_READERS, type CardOptions } from './options/card.js';
import { readMetadataPreprocessing } from './preprocessing/metadata.js';
import type { PartialPreprocessing } from './preprocessing/preprocessing.js';
import { readPreprocessing } from './preprocessing/read-preprocessing.js';

export interface Written {
  readonly card: CardOptions;
  readonly preprocessing: PartialPreprocessing;
}

const readCardFile = mapping({ ...CARD_READERS, preprocessing: readPreprocessing });

/**
 * Read the card beside a model.
 *
 * @param path Path of the `.onnx` file.
 * @returns Empty if there is no card.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED` if it is not JSON.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming card and key.
 */
export async function readCardBeside(path: string): Promise<Written> {
  const cardPath = path.replace(/\.onnx$/i, '') + '.card.json';
  const json = await readJson(cardPath);
  if (json === undefined) return { card: {}, preprocessing: {} };
  const { preprocessing, ...card } = readCardFile(json, allOptions(cardPath));
  return { card, preprocessing };
}

/**
 * Read what an ONNX file says of itself.
 *
 * @param path For messages.
 * @throws {UsageError} `STRIATE_INVALID_OPTION` if it states a preprocessing with a wrong value.
 */
export function readMetadata(model: OnnxModel, path: string): Written {
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const source = metadata.get('source');
  const licence = metadata.get('licence') ?? metadata.get('license');
  const card = { ...(source ? { source } : {}), ...(licence ? { licence } : {}) };
  return { card, preprocessing: readMetadataPreprocessing(metadata, path) };
}

/**
 * Read a JSON file.
 *
 * @returns `undefined` if it is not there.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED` if it is not JSON.
 */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw modelFileMalformed({ path, reason: cause instanceof Error ? cause.message : String(cause), cause });
  }
}
