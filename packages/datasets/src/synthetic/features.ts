// The planted features as files, for comparisons that have to recover the truth.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNotWritable } from '@striate/contracts';
import { writeNpy } from '@striate/npy';
import { parseSyntheticOptions, type SyntheticOptions } from './options.js';
import { meaningFeatures, scenesOf, stimulusIdsOf, visionFeatures, type PlantedFeatures } from './planted.js';

/**
 * Write what the responses of the synthetic dataset are linear in, as the `features` backend reads it: `vision.npy` (oriented energy,
 * explains `early`) and `meaning.npy` (shape and colour, explains `late`), [stimulus, feature] float32, with `.ids.txt` beside each.
 *
 * @param folder  Is made if it is not there.
 * @param options As given to the dataset; the same seed belongs to the same stimuli.
 * @throws {UsageError} `STRIATE_INVALID_OPTION`.
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function writeSyntheticFeatures(
  folder: string,
  options: Partial<SyntheticOptions> = {},
): Promise<void> {
  const parsed = parseSyntheticOptions(options);
  const scenes = scenesOf(parsed);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw folderNotWritable({ path: folder, cause });
  });
  const ids = stimulusIdsOf(parsed);
  await writeFeatures(join(folder, 'vision'), ids, visionFeatures(scenes, parsed.imageSize));
  await writeFeatures(join(folder, 'meaning'), ids, meaningFeatures(scenes));
}

async function writeFeatures(path: string, ids: readonly string[], features: PlantedFeatures): Promise<void> {
  await writeNpy(`${path}.npy`, [ids.length, features.nFeatures], Float32Array.from(features.values));
  await writeFile(`${path}.ids.txt`, ids.map((id) => `${id}\n`).join(''));
}
