import { definePlugin } from '@striate/contracts';
import { createClipBackend } from './clip-backend.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/backend-clip',
  provides: { backends: { clip: createClipBackend } },
});
