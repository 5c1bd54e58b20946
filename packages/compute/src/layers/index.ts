export * from './batch-normalisation.js';
export { normaliseBatch } from './normalise-batch.js';
