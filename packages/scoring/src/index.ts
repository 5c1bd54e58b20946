// How good a prediction is, how good it could be, and how the two are put together.

export * from './ceilings/nsd/nsd.js';
export * from './ceilings/nsd/signal.js';
export * from './ceilings/repetitions.js';
export * from './ceilings/split-half/split-half.js';
export * from './conventions/brain-score.js';
export * from './conventions/nsd.js';
export * from './conventions/paper.js';
export * from './conventions/raw.js';
export * from './correlation/pearson.js';
export * from './plugin.js';
export type { PredictionData } from './prediction-data.js';
export * from './r2/r2.js';
export * from './r2/split-r2.js';
export * from './rank/kendall.js';
export * from './rank/ranks.js';
export { estimateRsaCeiling, type AveragingName, type RsaOptions } from './rsa/ceiling.js';
export { compareRdms, type ComparisonName, type ComparisonOptions } from './rsa/comparisons.js';
export * from './rsa/condensed.js';
export * from './rsa/rdm.js';
export { createRsa, scoreRsa } from './rsa/scorer.js';
