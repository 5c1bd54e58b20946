// Who makes and who reads a value, looking through nodes that only pass it on in another format: how the families
// recognise the structure of a network, whatever its exporter called things.

import { listNamesRead, type OnnxGraph, type OnnxNode } from '@striate/compute';
import { findShown } from './shown.js';

const PASSES_ON = /^(Identity|Cast|QuantizeLinear|DequantizeLinear|Dropout)$/;

export interface Wiring {
  /** Nodes that compute something of what the image shows, in order of computation. */
  readonly nodes: readonly OnnxNode[];
  /** The value itself, where it was handed on unchanged. */
  origin(name: string): string;
  /** The node that makes a value, if one does. */
  maker(name: string): OnnxNode | undefined;
  /** Nodes that read a value. */
  readers(name: string): readonly OnnxNode[];
  /** What of the image a node reads, each at its origin. */
  imageInputs(node: OnnxNode): readonly string[];
}

/** Wire up the part of a graph that depends on what the image shows. */
export function wireGraph(graph: OnnxGraph, image: string): Wiring {
  const shown = findShown(graph, image);
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const maker = (name: string) => makers.get(name);
  const origin = (name: string): string => {
    const node = makers.get(name);
    return node && PASSES_ON.test(node.opType) ? origin(node.input[0]) : name;
  };
  const imageInputs = (node: OnnxNode) =>
    listNamesRead(node)
      .filter((name) => shown.has(name))
      .map(origin);
  const nodes = graph.node.filter(
    (node) => node.output.some((name) => shown.has(name)) && !PASSES_ON.test(node.opType),
  );
  const readers = new Map<string, OnnxNode[]>();
  for (const node of nodes) {
    for (const name of imageInputs(node)) readers.set(name, [...(readers.get(name) ?? []), node]);
  }
  return { nodes, origin, maker, imageInputs, readers: (name) => readers.get(name) ?? [] };
}
