export { createLlmBackend } from './llm-backend.js';
export type { LlmOptions } from './options.js';
export { plugin } from './plugin.js';
