import type { OnnxGraph, OnnxNode } from './model.js';

/** List the names that a node reads, those that its subgraphs read from outside included. */
export function listNamesRead(node: OnnxNode): readonly string[] {
  return [...node.input, ...listSubgraphs(node).flatMap(listNamesInside)].filter((name) => name !== '');
}

/** List the graphs that a node holds: branches, bodies of loops. */
export function listSubgraphs(node: OnnxNode): readonly OnnxGraph[] {
  return (node.attribute ?? []).flatMap((attribute) => [
    ...(attribute.g ? [attribute.g] : []),
    ...(attribute.graphs ?? []),
  ]);
}

/** Names made inside are among them; they do no harm, since names are unique across nested graphs. */
function listNamesInside(graph: OnnxGraph): readonly string[] {
  return [...graph.node.flatMap(listNamesRead), ...graph.output.map((output) => output.name)];
}
