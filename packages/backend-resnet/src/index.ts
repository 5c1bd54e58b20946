export { plugin } from './plugin.js';
export { createResnetBackend, type ResnetOptions } from './resnet-backend.js';
