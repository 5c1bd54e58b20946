export * from './linalg/index.js';
export * from './onnx/graph.js';
export * from './onnx/measure.js';
export * from './onnx/model.js';
export * from './onnx/tap.js';
export * from './session/half.js';
export * from './session/session.js';
export * from './session/tensor.js';
