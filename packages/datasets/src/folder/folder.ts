// The dataset `folder`: anybody's data, laid out as docs/folder-dataset.md says.

import { resolve } from 'node:path';
import { invalidOption, type Dataset } from '@striate/contracts';
import { knownOptions } from '../options.js';
import { openFolder } from './open.js';

export interface FolderOptions {
  /** Folder of the dataset; relative paths start at the folder of the configuration. */
  readonly path: string;
}

/** Make the dataset `folder`. */
export function createFolderDataset(): Dataset<FolderOptions> {
  return {
    specVersion: 'v1',
    id: 'folder',
    title: 'A folder with tables and .npy files (docs/folder-dataset.md)',
    parseOptions: parseFolderOptions,
    doOpen: ({ path }, { baseFolder, signal }) => openFolder(resolve(baseFolder, path), signal),
  };
}

function parseFolderOptions(raw: unknown): FolderOptions {
  const { path } = knownOptions(raw, 'folder', ['path']);
  if (typeof path === 'string' && path !== '') return { path };
  throw invalidOption({
    who: 'folder',
    option: 'path',
    expected: 'the folder of a dataset',
    actual: path === undefined ? 'missing' : JSON.stringify(path),
  });
}
