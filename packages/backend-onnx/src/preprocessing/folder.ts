import { join } from 'node:path';
import { readJson } from '../model-card.js';
import { preprocessingFromHuggingFace } from './hugging-face.js';
import type { PartialPreprocessing } from './preprocessing.js';

/**
 * What the `preprocessor_config.json` of a model's folder says.
 *
 * @returns Empty if there is no such file, or no folder.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED`, `STRIATE_PREPROCESSOR_CONFIG_UNREAD`.
 */
export async function preprocessingOfFolder(folder: string | undefined): Promise<PartialPreprocessing> {
  if (folder === undefined) return {};
  const path = join(folder, 'preprocessor_config.json');
  const config = await readJson(path);
  return config === undefined ? {} : preprocessingFromHuggingFace(config, path);
}
