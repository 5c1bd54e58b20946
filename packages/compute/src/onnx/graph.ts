// What a graph says about itself: who reads what, what depends on what, which types and sizes are written down.

import { toNumber, type OnnxGraph, type OnnxModel, type OnnxValueInfo } from './model.js';
import { listNamesRead, listSubgraphs } from './names-read.js';

/** ONNX's numbers for the types of elements that are floats. */
export const ONNX_FLOAT = 1;
export const ONNX_FLOAT16 = 10;

/** What the file itself says of a value. */
export interface DeclaredValue {
  /** ONNX's number of the type; 0 where it is not said. */
  readonly elemType: number;
  /** `undefined` = rank not said; within it `null` = size not said, or known when run only. */
  readonly shape: readonly (number | null)[] | undefined;
}

/**
 * List the inputs that a caller has to feed: those without a stored weight.
 *
 * @remarks Before IR version 4, weights were listed among the inputs.
 */
export function listFedInputs(graph: OnnxGraph): readonly OnnxValueInfo[] {
  const stored = new Set(graph.initializer.map((weight) => weight.name));
  return graph.input.filter((input) => !stored.has(input.name));
}

/** Find every value that is computed from at least one of the given ones; they themselves are included. */
export function findDependents(graph: OnnxGraph, sources: readonly string[]): ReadonlySet<string> {
  const dependents = new Set(sources);
  for (const node of graph.node) {
    if (listNamesRead(node).some((name) => dependents.has(name))) {
      for (const output of node.output) if (output !== '') dependents.add(output);
    }
  }
  return dependents;
}

/** Collect what the file says of its values: inputs, outputs and everything between. */
export function listDeclaredValues(graph: OnnxGraph): ReadonlyMap<string, DeclaredValue> {
  const infos = [...graph.valueInfo, ...graph.output, ...graph.input];
  return new Map(infos.map((info) => [info.name, readDeclaredValue(info)]));
}

/** Read the type and the sizes of one value. */
export function readDeclaredValue(info: OnnxValueInfo): DeclaredValue {
  const tensor = info.type?.tensorType;
  return { elemType: tensor?.elemType ?? 0, shape: tensor?.shape && (tensor.shape.dim ?? []).map(readSize) };
}

/** List the files beside the model that hold its weights, each once. */
export function listExternalFiles(model: OnnxModel): readonly string[] {
  const locations = listTensors(model.graph).flatMap((tensor) =>
    (tensor.externalData ?? []).filter((entry) => entry.key === 'location').map((entry) => entry.value),
  );
  return [...new Set(locations)].sort();
}

type Dimension = NonNullable<
  NonNullable<NonNullable<NonNullable<OnnxValueInfo['type']>['tensorType']>['shape']>['dim']
>[number];

/** A size of 0 or less is some exporters' way of saying "unknown"; protobuf reads a missing one as 0 too. */
function readSize({ dimValue, dimParam }: Dimension): number | null {
  const size = toNumber(dimValue);
  return dimParam || size <= 0 ? null : size;
}

function listTensors(graph: OnnxGraph): OnnxGraph['initializer'] {
  const inNodes = graph.node.flatMap((node) => [
    ...(node.attribute ?? []).flatMap((attribute) => (attribute.t ? [attribute.t] : [])),
    ...listSubgraphs(node).flatMap(listTensors),
  ]);
  return [...graph.initializer, ...inNodes];
}
