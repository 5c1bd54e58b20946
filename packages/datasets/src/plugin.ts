import { definePlugin, type Dataset } from '@striate/contracts';
import { createFolderDataset } from './folder/folder.js';
import { createSyntheticDataset } from './synthetic/synthetic.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/datasets',
  provides: {
    datasets: {
      folder: () => createFolderDataset() as Dataset,
      synthetic: () => createSyntheticDataset() as Dataset,
    },
  },
});
