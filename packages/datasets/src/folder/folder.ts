// The dataset `folder`: anybody's data, laid out as docs/folder-dataset.md says.

import { resolve } from 'node:path';
import { optionsParser, text, type Dataset } from '@striate/contracts';
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
    parseOptions: optionsParser('folder', { path: text('the folder of a dataset') }),
    doOpen: ({ path }, { baseFolder, signal }) => openFolder(resolve(baseFolder, path), signal),
  };
}
