// The seams of striate, one file each; nothing here does any work beyond checking shapes and reading options.

export * from './backend.js';
export * from './core-graph.js';
export * from './dataset.js';
export * from './errors/catalogue.js';
export { describeValue } from './errors/describe-value.js';
export * from './errors/nearest.js';
export { refusalOf, type Refusal } from './errors/refusal.js';
export * from './errors/striate-error.js';
export * from './executor.js';
export * from './feature-rows.js';
export * from './labelled-array.js';
export * from './noise-ceiling.js';
export { listOf } from './options/list.js';
export { mapping, optionsParser } from './options/mapping.js';
export * from './options/numbers.js';
export * from './options/place.js';
export * from './options/read-option.js';
export * from './options/words.js';
export * from './plugin.js';
export * from './readout.js';
export * from './recording-kind.js';
export * from './responses.js';
export * from './run-facts.js';
export * from './run-record.js';
export * from './scorer.js';
export * from './stimulus.js';
export * from './warning.js';
