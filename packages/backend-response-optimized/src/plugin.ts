import { definePlugin } from '@striate/contracts';
import { createResponseOptimizedBackend } from './backend.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/backend-response-optimized',
  provides: { backends: { 'response-optimized': createResponseOptimizedBackend } },
});
