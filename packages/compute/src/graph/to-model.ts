// A graph as an ONNX model.

import { graphNameTwice } from '@striate/contracts';
import type { OnnxDimension, OnnxModel, OnnxNode, OnnxValueInfo } from '../onnx/model.js';
import type { Tensor } from '../session/tensor.js';
import { encodeAttribute } from './attribute.js';
import { Identity, ONNX_TYPES } from './operators/elementwise.js';
import { listLeaves, listNodes } from './order.js';
import { encodeTensor } from './stored-tensor.js';
import type { Node, Value } from './value.js';

export interface ModelOptions {
  /**
   * Inputs to declare even if no output reads them, so that a caller may always feed them. A parameter that stands
   * here is fed at every run; all others are stored in the model.
   */
  readonly inputs?: readonly Value[];
  /** Version of ONNX's operators. */
  readonly opset?: number;
  /** What the model is, in a sentence. */
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** GridSample's `linear`, AffineGrid and Gelu came with 20. */
export const OPSET = 20;
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
    ...(options.description === undefined ? {} : { docString: options.description }),
    opsetImport: listOpsets(nodes, options.opset),
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

/** Versions of the domains that the nodes are of; a node from a file of a later version brings that version with it. */
function listOpsets(nodes: readonly Node[], asked?: number): OnnxModel['opsetImport'] {
  const versions = new Map([['', OPSET]]);
  for (const { domain, foreign } of nodes.map(({ operator }) => operator))
    versions.set(domain, Math.max(versions.get(domain) ?? 1, foreign?.opset ?? 1));
  if (asked !== undefined) versions.set('', asked);
  return [...versions].map(([domain, version]) => ({ domain, version }));
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
  const read = new Set(nodes.flatMap((node) => node.inputs));
  for (const { operator, outputs: made } of nodes) {
    const written = made.filter((value, i) => i === 0 || !operator.hasOptionalOutputs || read.has(value));
    for (const value of written) if (!names.has(value)) give(value, free(operator.type));
  }
  return names;
}

function contentOf(value: Value): Tensor {
  if (value.origin.kind === 'parameter') return value.origin.initial;
  const { data } = value.origin as Extract<Value['origin'], { kind: 'constant' }>;
  return { dtype: value.dtype, shape: value.shape as readonly number[], data };
}

function encodeNode(node: Node, names: ReadonlyMap<Value, string>): OnnxNode {
  return {
    opType: node.operator.type,
    domain: node.operator.domain,
    input: listNames(node.inputs, names),
    output: listNames(node.outputs, names),
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      encodeAttribute(name, node.operator.attributes[name], value),
    ),
  };
}

/** What is left out in the middle is an empty name, what is left out at the end is none. */
function listNames(values: readonly (Value | undefined)[], names: ReadonlyMap<Value, string>): string[] {
  const list = values.map((value) => (value && names.get(value)) ?? '');
  return list.slice(0, list.findLastIndex((name) => name !== '') + 1);
}

function valueInfo(name: string, value: Value): OnnxValueInfo {
  const dim = value.shape.map((size): OnnxDimension =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  );
  return { name, type: { tensorType: { elemType: ONNX_TYPES[value.dtype], shape: { dim } } } };
}
