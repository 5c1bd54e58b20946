// Bottlenecks: values that all later values are computed from, with nothing passing them by. Between two blocks of a
// transformer everything that is known of the text is in one of them, whatever the exporter named it.

import { listNamesRead, type OnnxGraph, type OnnxNode } from '@striate/compute';

export interface Bottleneck {
  /** Name of the value. */
  readonly value: string;
  /** Place of the node that makes it among the nodes of the stream. */
  readonly place: number;
}

/** The nodes that compute with what a value holds, in order of computation; sizes that are read off it do not count. */
export function followStream(graph: OnnxGraph, source: string): readonly OnnxNode[] {
  const stream = new Set([source]);
  return graph.node.filter((node) => {
    if (node.opType === 'Shape' || !listNamesRead(node).some((name) => stream.has(name))) return false;
    for (const name of node.output) stream.add(name);
    return true;
  });
}

/**
 * Find the bottlenecks of a stream.
 *
 * @param stream Nodes in order of computation, all of them needed for one value at the end.
 */
export function findBottlenecks(stream: readonly OnnxNode[]): readonly Bottleneck[] {
  const lastReader = new Map<string, number>();
  stream.forEach((node, place) => {
    for (const name of listNamesRead(node)) lastReader.set(name, place);
  });
  let farthest = 0; // the last node that reads what was made so far
  return stream.flatMap(({ output }, place) => {
    const isPassed = farthest > place || output.length !== 1;
    farthest = Math.max(farthest, ...output.map((name) => lastReader.get(name) ?? 0));
    return isPassed ? [] : [{ value: output[0], place }];
  });
}
