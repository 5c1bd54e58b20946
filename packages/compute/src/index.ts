export * from './onnx/model.js';
export * from './session/session.js';
export * from './session/tensor.js';
