// An ONNX file as values of a graph: cut at a layer, tapped at several, joined with a graph of one's own.

import { unknownId } from '@striate/contracts';
import { listFedInputs } from '../onnx/graph.js';
import { toNumber, type OnnxGraph, type OnnxModel } from '../onnx/model.js';
import { tapLayers } from '../onnx/tap.js';
import { bindSizes, declaredType, type Sizes } from './declared-type.js';
import { readNode } from './read-node.js';
import { refuse } from './shape.js';
import { decodeTensor } from './stored-tensor.js';
import { constantOf, input, parameter, type Parameter, type Value, type ValueType } from './value.js';

export interface FromModelOptions {
  /** What is to stand where the file has an input, by its name there; the others become inputs of that name. */
  readonly inputs?: Readonly<Record<string, Value>>;
  /** Values to give back, by their names in the file: outputs, or layers inside. Default: its outputs. */
  readonly outputs?: readonly string[];
  /** Asked for each stored tensor of floats: is it a parameter, which training may move? Default: none is. */
  readonly isParameter?: (name: string) => boolean;
  /** Put before the names of inputs and parameters, where two files have the same ones. */
  readonly prefix?: string;
  /** What the file is called, for messages. */
  readonly name?: string;
}

export interface ReadModel {
  /** What the outputs are computed from: what was given, or new inputs. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** In the order asked. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly parameters: readonly Parameter[];
}

/**
 * Read an ONNX file into a graph. What no output needs is left out; stored tensors stay views of the file's bytes.
 *
 * @remarks Sizes that the file has names for become those of the values that stand at its inputs: with an input of
 *   [4, 3, 224, 224] given, a batch that is called N is 4 everywhere. Operators that are not known here are written
 *   again as they were; no gradient goes through them.
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`; `STRIATE_UNKNOWN_ID` for an input that the file does not have;
 *   `STRIATE_GRAPH_MALFORMED` if a value that is given does not fit the input that it is to stand for.
 * @throws {CapabilityError} `STRIATE_ONNX_NODE_UNREAD`, `STRIATE_ONNX_WEIGHT_UNREAD`.
 */
export function fromModel(model: OnnxModel, options: FromModelOptions = {}): ReadModel {
  const { name = 'the model', outputs = model.graph.output.map((output) => output.name) } = options;
  const { graph } = tapLayers(model, outputs, name);
  const sizes: Sizes = new Map();
  requireInputs(model, options);
  const inputs = readInputs(graph, sizes, options);
  const weights = readWeights(graph, options);
  const values = new Map<string, Value>([...weights, ...inputs]);
  const source = { name, values, types: readTypes(graph, sizes), opsets: readOpsets(model) };
  for (const node of graph.node) {
    readNode(node, source).forEach((value, i) => values.set(node.output[i], value));
  }
  const find = (output: string) => values.get(output) ?? refuse(name, [], `"${output}" is not computed here`);
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs.map((output) => [output, find(output)])),
    parameters: [...weights.values()].filter(isParameterValue),
  };
}

/** Of the whole file: what a cut does not need may be given all the same. */
function requireInputs({ graph }: OnnxModel, { inputs = {} }: FromModelOptions): void {
  const known = listFedInputs(graph).map((info) => info.name);
  const unknown = Object.keys(inputs).find((id) => !known.includes(id));
  if (unknown !== undefined) throw unknownId({ seam: 'input of the model', id: unknown, known });
}

function readInputs(graph: OnnxGraph, sizes: Sizes, options: FromModelOptions): Map<string, Value> {
  const { inputs = {}, name = 'the model', prefix = '' } = options;
  const fed = listFedInputs(graph);
  for (const info of fed) {
    const [given, declared] = [inputs[info.name], declaredType(info, sizes)];
    if (given && declared) bindSizes(declared, given, { what: `input "${info.name}" of ${name}`, sizes });
  }
  const entries = fed.map((info): [string, Value] => {
    if (inputs[info.name]) return [info.name, inputs[info.name]];
    const { shape, dtype } =
      declaredType(info, sizes) ?? refuse(name, [], `it does not say the type of its input "${info.name}"`);
    return [info.name, input(prefix + info.name, shape, dtype)];
  });
  return new Map(entries);
}

function readWeights({ initializer }: OnnxGraph, options: FromModelOptions): Map<string, Value> {
  const { isParameter = () => false, prefix = '' } = options;
  const entries = initializer.map((stored): [string, Value] => {
    const name = stored.name ?? '';
    const tensor = decodeTensor(stored, name);
    const isTrained = tensor.dtype.startsWith('float') && isParameter(name);
    return [name, isTrained ? parameter(prefix + name, tensor) : constantOf(tensor)];
  });
  return new Map(entries);
}

function readTypes(graph: OnnxGraph, sizes: Sizes): Map<string, ValueType> {
  const infos = [...graph.valueInfo, ...graph.output];
  const entries = infos.map((info) => [info.name, declaredType(info, sizes)] as const);
  return new Map(entries.filter((entry): entry is [string, ValueType] => entry[1] !== undefined));
}

function readOpsets({ opsetImport }: OnnxModel): Map<string, number> {
  const ofDomain = (domain = '') => (domain === 'ai.onnx' ? '' : domain);
  return new Map(opsetImport.map(({ domain, version }) => [ofDomain(domain), toNumber(version)]));
}

const isParameterValue = (value: Value): value is Parameter => value.origin.kind === 'parameter';
