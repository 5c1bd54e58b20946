// Values of a graph. A graph is nothing but values that remember what they were made from: whatever is not reached
// from an output is not in the graph, so a rule may offer more than is needed at no cost.

import { ELEMENT_ARRAYS, type Dtype, type Tensor, type TensorData } from '../session/tensor.js';
import type { Operator, AttributeValue } from './operator.js';

/** A number, or the name of a size that is known when run only (`'batch'`). */
export type Size = number | string;
export type Shape = readonly Size[];

export interface ValueType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** What is computed at one place of a graph. Compared by identity. */
export interface Value extends ValueType {
  readonly origin: InputOrigin | ParameterOrigin | ConstantOrigin | NodeOrigin;
}

/** Fed at every run. */
export interface InputOrigin {
  readonly kind: 'input';
  readonly name: string;
}

/** A stored tensor that training may change. */
export interface ParameterOrigin {
  readonly kind: 'parameter';
  readonly name: string;
  readonly initial: Tensor;
}

/** Part of the graph itself. */
export interface ConstantOrigin {
  readonly kind: 'constant';
  readonly data: TensorData[Dtype];
}

export interface NodeOrigin {
  readonly kind: 'node';
  readonly node: Node;
  /** Which output of the node. */
  readonly index: number;
}

/** One application of an operator. */
export interface Node {
  readonly operator: Operator;
  /** `undefined` where an optional input is left out. */
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly outputs: readonly Value[];
}

export interface Parameter extends Value {
  readonly shape: readonly number[];
  readonly origin: ParameterOrigin;
}

/** Declare a tensor that is fed at every run; a size may be a name if it is known then only. */
export function input(name: string, shape: Shape, dtype: Dtype = 'float32'): Value {
  return { dtype, shape, origin: { kind: 'input', name } };
}

/**
 * Declare a stored tensor with its first content.
 *
 * @param name Unique in the graph; names the tensor in checkpoints and exported files.
 */
export function parameter(name: string, initial: Tensor): Parameter {
  return { dtype: initial.dtype, shape: initial.shape, origin: { kind: 'parameter', name, initial } };
}

/** Put elements into the graph. */
export function constant<D extends Dtype>(dtype: D, shape: readonly number[], data: TensorData[D]): Value {
  return { dtype, shape, origin: { kind: 'constant', data } };
}

/** Put a tensor into the graph. */
export function constantOf({ dtype, shape, data }: Tensor): Value {
  return { dtype, shape, origin: { kind: 'constant', data } };
}

/** A scalar of the same type as another value. */
export function scalar(value: number, like: ValueType = { dtype: 'float32', shape: [] }): Value {
  return constantLike(like, [], [value]);
}

/** A constant of the same type as another value. */
export function constantLike(like: ValueType, shape: readonly number[], values: ArrayLike<number>): Value {
  return constant(like.dtype, shape, arrayOf(like.dtype, values));
}

/** A vector of 64-bit integers: shapes, axes, indices. */
export function integers(values: readonly number[]): Value {
  return constant('int64', [values.length], BigInt64Array.from(values, BigInt));
}

function arrayOf(dtype: Dtype, values: ArrayLike<number>): TensorData[Dtype] {
  if (dtype === 'int64') return BigInt64Array.from(values, BigInt);
  return ELEMENT_ARRAYS[dtype as 'float32'].from(values);
}
