export * as onnx from './operators/index.js';
export { interpolate } from './interpolation.js';
export { apply, applyOne, operator, type Attributes, type AttributeKind, type Operator } from './operator.js';
export { fromModel, type FromModelOptions, type ReadModel } from './from-model.js';
export { listLeaves, listNodes } from './order.js';
export { countOf, showType, staticShape } from './shape.js';
export { evaluate } from './run.js';
export { toModel, type ModelOptions } from './to-model.js';
export * from './value.js';
