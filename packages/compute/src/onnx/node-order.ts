// ONNX demands that a node stands behind those that make what it reads. ONNX Runtime runs files that do not keep to it,
// as some converters to half precision write them; everything here counts on it.

import type { OnnxNode } from './model.js';
import { listNamesRead } from './names-read.js';

/**
 * Put nodes in an order of computation, as close to theirs as may be: those that wait for others come after the rest.
 *
 * @returns Nodes in a circle, which nothing can run, stay behind all others.
 */
export function orderNodes(nodes: readonly OnnxNode[]): OnnxNode[] {
  const awaited = new Set(nodes.flatMap((node) => node.output));
  const ordered: OnnxNode[] = [];
  let waiting: readonly OnnxNode[] = nodes;
  while (waiting.length > 0) {
    const early = waiting;
    waiting = early.filter((node) => {
      if (listNamesRead(node).some((name) => awaited.has(name))) return true;
      for (const name of node.output) awaited.delete(name);
      ordered.push(node);
      return false;
    });
    if (waiting.length === early.length) return [...ordered, ...waiting];
  }
  return ordered;
}
