import { definePlugin } from '@striate/contracts';
import { createLlmBackend } from './llm-backend.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/backend-llm',
  provides: { backends: { llm: createLlmBackend } },
});
