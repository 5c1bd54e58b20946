// An operator: its ONNX name, the kinds of its attributes and the rule for the types of its outputs. Gradients
// stand apart (`gradient/rules`), since a graph is built by many who never train; an operator of one's own brings its own.

import type { Rule } from '../gradient/rule.js';
import type { Tensor } from '../session/tensor.js';
import type { Node, NodeOrigin, Value, ValueType } from './value.js';

export type AttributeKind = 'int' | 'float' | 'string' | 'ints' | 'floats' | 'tensor';
export type AttributeValue = number | string | readonly number[] | Tensor;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Operator {
  /** ONNX's name. */
  readonly type: string;
  /** '' is ONNX's own; `com.microsoft` holds operators of ONNX Runtime alone, which are not exported. */
  readonly domain: string;
  readonly attributes: Readonly<Record<string, AttributeKind>>;
  /** Outputs behind the first one are asked of ONNX Runtime only where something reads them. */
  readonly hasOptionalOutputs?: boolean;
  /** Its gradient, where that is not the one that stands in the table of rules under its name. */
  readonly rule?: Rule;
  /**
   * There for an operator of a file of which no more is known than its name: the version of its domain that it is
   * written in. It has no gradient.
   */
  readonly foreign?: { readonly opset: number };
  /**
   * The types of the outputs.
   *
   * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the inputs do not fit.
   */
  infer(inputs: readonly (Value | undefined)[], attributes: Attributes): readonly ValueType[];
}

/** Declare an operator. */
export function operator(
  type: string,
  infer: Operator['infer'],
  attributes: Operator['attributes'] = {},
  domain = '',
): Operator {
  return { type, domain, attributes, infer };
}

/** Apply an operator; attributes that are `undefined` are left to ONNX's defaults. */
export function apply(
  definition: Operator,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, AttributeValue | undefined>> = {},
): readonly Value[] {
  const given = Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined),
  );
  const outputs: Value[] = [];
  const node: Node = { operator: definition, inputs, attributes: given, outputs };
  definition.infer(inputs, given).forEach((type, index) => {
    const origin: NodeOrigin = { kind: 'node', node, index };
    outputs.push({ ...type, origin });
  });
  return outputs;
}

/** Apply an operator that has one output. */
export function applyOne(
  definition: Operator,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, AttributeValue | undefined>> = {},
): Value {
  return apply(definition, inputs, attributes)[0];
}
