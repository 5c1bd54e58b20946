import { definePlugin } from '@striate/contracts';
import { createFeaturesBackend } from './features/features-backend.js';
import { createOnnxBackend } from './onnx-backend.js';

export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/backend-onnx',
  provides: { backends: { onnx: createOnnxBackend, features: createFeaturesBackend } },
});
