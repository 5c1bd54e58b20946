export { createClipBackend, type ClipOptions } from './clip-backend.js';
export { plugin } from './plugin.js';
