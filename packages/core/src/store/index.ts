export type { Artefact, StoredArray, StoredData } from './artefact-file.js';
export type { FeatureTable, RowLayout } from './feature-table.js';
export { hashOf } from './hash.js';
export { makeFolder } from './make-folder.js';
export { openStore, type ArtefactStore } from './store.js';
