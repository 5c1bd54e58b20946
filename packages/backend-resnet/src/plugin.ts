import { definePlugin } from '@striate/contracts';
import { createResnetBackend } from './resnet-backend.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/backend-resnet',
  provides: { backends: { resnet: createResnetBackend } },
});
