// The artefact store: results under the hash of everything that determines them. What is not whole is not there.

import { join, relative } from 'node:path';
import { artefactCorrupt } from '@striate/contracts';
import { readArtefact, type Artefact } from './artefact-file.js';
import { openFeatureTable, type FeatureTable, type RowLayout } from './feature-table.js';
import { openFolder } from './folder.js';

export interface ArtefactStore {
  readonly folder: string;
  /** Is the artefact there, whole and unaltered? */
  has(key: string): Promise<boolean>;
  /** @throws {DataError} `STRIATE_ARTEFACT_CORRUPT` if it is not there, or not whole. */
  get(key: string): Promise<Artefact>;
  /** Keep an artefact, atomically. */
  put(key: string, artefact: Artefact): Promise<void>;
  /** The feature rows of a layer. */
  features(layerKey: string, layout: RowLayout): Promise<FeatureTable>;
}

/**
 * Open the artefact store of a folder; the folder is made if it is not there.
 *
 * @param options.onCorrupt Told of files that were cut short or altered; they count as absent.
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function openStore(
  folder: string,
  { onCorrupt = () => {} }: { readonly onCorrupt?: (path: string) => void } = {},
): Promise<ArtefactStore> {
  const files = await openFolder(folder, (path) => onCorrupt(relative(folder, path)));
  const pathOf = (key: string) => join(folder, 'objects', key.slice(0, 2), key);
  return {
    folder,
    has: (key) => files.isGood(pathOf(key)),
    async get(key) {
      const path = pathOf(key);
      if (!(await files.isGood(path))) {
        throw artefactCorrupt({ key, path, reason: 'it is missing, cut short or altered' });
      }
      return readArtefact(path, key);
    },
    put: (key, artefact) => files.write(pathOf(key), artefact),
    features: (layerKey, layout) => openFeatureTable(files, layerKey, layout),
  };
}
