export type { NpyData, NpyDtype } from './dtype.js';
export { openNpy, withNpy, type NpyFile } from './read.js';
export { encodeNpy, writeNpy } from './write.js';
