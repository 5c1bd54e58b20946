// The card beside a model, `<name>.card.json`: what it is, and how images are prepared for it.

import { readFile } from 'node:fs/promises';
import { modelFileMalformed } from '@striate/contracts';
import { CARD_READERS, type CardOptions } from './options/card.js';
import { readMapping } from './options/read.js';
import type { PartialPreprocessing } from './preprocessing/preprocessing.js';
import { readPreprocessing } from './preprocessing/read-preprocessing.js';

type CardFile = CardOptions & { readonly preprocessing: PartialPreprocessing };

/**
 * Read the card beside a model.
 *
 * @param path Path of the `.onnx` file.
 * @returns Empty if there is no card.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED` if it is not JSON.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`, naming card and key.
 */
export async function readCardBeside(
  path: string,
): Promise<{ card: CardOptions; preprocessing: PartialPreprocessing }> {
  const cardPath = path.replace(/\.onnx$/i, '') + '.card.json';
  const json = await readJson(cardPath);
  if (json === undefined) return { card: {}, preprocessing: {} };
  const readers = { ...CARD_READERS, preprocessing: readPreprocessing };
  const { preprocessing = {}, ...card } = readMapping<CardFile>(json, { who: cardPath, option: '' }, readers);
  return { card, preprocessing };
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
