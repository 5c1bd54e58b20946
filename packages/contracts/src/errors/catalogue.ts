// The catalogue: every error that striate throws, one small function each, by area. Message texts live here only.
// Anatomy: what happened, with the values; where; what to do.

export * from './catalogue/general.js';
export * from './catalogue/configuration.js';
export * from './catalogue/dataset.js';
export * from './catalogue/engine.js';
export * from './catalogue/model.js';
export * from './catalogue/readout.js';
export * from './catalogue/scoring.js';
export * from './catalogue/store.js';
export * from './catalogue/report.js';
