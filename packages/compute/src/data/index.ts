export { readFeatures } from './features.js';
export { loadBatches, type LoaderOptions, type ReadBatch } from './loader.js';
export { epochOrder } from './order.js';
export { openReaders, type Readers, type ReadersOptions } from './readers.js';
