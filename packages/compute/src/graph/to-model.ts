// A graph as an ONNX model.

import { graphNameTwice } from '@striate/contracts';
import type {
  OnnxAttribute,
  OnnxDimension,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from '../onnx/model.js';
import type { Tensor } from '../session/tensor.js';
import type { AttributeKind, AttributeValue } from './operator.js';
import { ONNX_TYPES } from './operators/elementwise.js';
import { Identity } from './operators/elementwise.js';
import { listLeaves, listNodes } from './order.js';
import type { Node, Value } from './value.js';

export interface ModelOptions {
  /**
   * Inputs to declare even if no output reads them, so that a caller may always feed them. A parameter that stands
   * here is fed at every run; all others are stored in the model.
   */
  readonly inputs?: readonly Value[];
  /** Version of ONNX's operators. */
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** GridSample's `linear`, AffineGrid and Gelu came with 20. */
const OPSET = 20;
const IR_VERSION = 10;

/**
 * Write the graph that computes the outputs.
 *
 * @param outputs Name in the model → value.
 * @throws {UsageError} `STRIATE_GRAPH_NAME_TWICE` if two inputs, parameters or outputs share a name.
 */
export function toModel(outputs: Readonly<Record<string, Value>>, options: ModelOptions = {}): OnnxModel {
  const named = nameOutputs(outputs);
  const fed = new Set(options.inputs);
  const leaves = listLeaves([...named.values(), ...fed]);
  const nodes = listNodes([...named.values()]);
  const names = nameValues(named, leaves, nodes);
  const isStored = (value: Value) =>
    value.origin.kind === 'constant' || (value.origin.kind === 'parameter' && !fed.has(value));
  const info = (value: Value) => valueInfo(names.get(value)!, value);
  return {
    irVersion: IR_VERSION,
    producerName: 'striate',
    opsetImport: [
      { domain: '', version: options.opset ?? OPSET },
      ...(nodes.some((node) => node.operator.domain !== '') ? [{ domain: 'com.microsoft', version: 1 }] : []),
    ],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'striate',
      node: nodes.map((node) => encodeNode(node, names)),
      initializer: leaves.filter(isStored).map((value) => encodeTensor(contentOf(value), names.get(value)!)),
      input: leaves.filter((value) => !isStored(value)).map(info),
      output: [...named].map(([name, value]) => valueInfo(name, value)),
      valueInfo: [],
    },
  };
}

/** An output needs a node of its own: a value that is given out twice, or is an input, is passed through. */
function nameOutputs(outputs: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  const taken = new Set<Value>();
  return new Map(
    Object.entries(outputs).map(([name, value]) => {
      const own = value.origin.kind !== 'node' || taken.has(value) ? Identity(value) : value;
      taken.add(own);
      return [name, own];
    }),
  );
}

function nameValues(
  outputs: ReadonlyMap<string, Value>,
  leaves: readonly Value[],
  nodes: readonly Node[],
): ReadonlyMap<Value, string> {
  const names = new Map<Value, string>();
  const taken = new Set<string>();
  const give = (value: Value, name: string) => {
    if (taken.has(name)) throw graphNameTwice({ name });
    taken.add(name);
    names.set(value, name);
  };
  for (const [name, value] of outputs) give(value, name);
  for (const leaf of leaves) {
    if (leaf.origin.kind === 'input' || leaf.origin.kind === 'parameter') give(leaf, leaf.origin.name);
  }
  let count = 0;
  const free = (prefix: string): string => {
    const name = `${prefix}_${++count}`;
    return taken.has(name) ? free(prefix) : name;
  };
  for (const leaf of leaves) if (!names.has(leaf)) give(leaf, free('constant'));
  for (const node of nodes) {
    for (const value of node.outputs) if (!names.has(value)) give(value, free(node.operator.type));
  }
  return names;
}

function contentOf(value: Value): Tensor {
  if (value.origin.kind === 'parameter') return value.origin.initial;
  const { data } = value.origin as Extract<Value['origin'], { kind: 'constant' }>;
  return { dtype: value.dtype, shape: value.shape as readonly number[], data };
}

function encodeNode(node: Node, names: ReadonlyMap<Value, string>): OnnxNode {
  const input = node.inputs.map((value) => (value ? names.get(value)! : ''));
  while (input.at(-1) === '') input.pop();
  return {
    opType: node.operator.type,
    domain: node.operator.domain,
    input,
    output: node.outputs.map((value) => names.get(value)!),
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      encodeAttribute(name, node.operator.attributes[name], value),
    ),
  };
}

/** ONNX's numbers for kinds of attributes. */
const ATTRIBUTE_TYPES: Readonly<Record<AttributeKind, number>> = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
};

function encodeAttribute(name: string, kind: AttributeKind, value: AttributeValue): OnnxAttribute {
  const type = ATTRIBUTE_TYPES[kind];
  switch (kind) {
    case 'float':
      return { name, type, f: value as number };
    case 'int':
      return { name, type, i: value as number };
    case 'string':
      return { name, type, s: new TextEncoder().encode(value as string) };
    case 'floats':
      return { name, type, floats: [...(value as readonly number[])] };
    case 'ints':
      return { name, type, ints: [...(value as readonly number[])] };
    case 'tensor':
      return { name, type, t: encodeTensor(value as Tensor) };
  }
}

/** Elements stay a view of the typed array: nothing is copied before the bytes are written. */
function encodeTensor({ dtype, shape, data }: Tensor, name?: string): OnnxTensor {
  return {
    ...(name === undefined ? {} : { name }),
    dims: [...shape],
    dataType: ONNX_TYPES[dtype],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function valueInfo(name: string, value: Value): OnnxValueInfo {
  const dim = value.shape.map((size): OnnxDimension =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  );
  return { name, type: { tensorType: { elemType: ONNX_TYPES[value.dtype], shape: { dim } } } };
}
