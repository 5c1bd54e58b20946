export { createLocalExecutor } from './local.js';
export { findNeeded } from './needed.js';
