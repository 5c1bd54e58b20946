export { createFolderDataset, type FolderOptions } from './folder/folder.js';
export { openFolder } from './folder/open.js';
export { plugin } from './plugin.js';
export { writeSyntheticFeatures } from './synthetic/features.js';
export type { SyntheticOptions } from './synthetic/options.js';
export { plantedCeiling } from './synthetic/responses.js';
export { createSyntheticDataset } from './synthetic/synthetic.js';
