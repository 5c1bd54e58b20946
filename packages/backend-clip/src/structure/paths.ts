// The ways of what the image shows through a graph.

import type { Wiring } from '@striate/backend-onnx';
import type { OnnxNode } from '@striate/compute';

/** How a structure is refused: with what was found instead. */
export type Refuse = (reason: string) => never;

/**
 * The nodes that lead from one value to another.
 *
 * @returns `undefined` if something of the image comes to `to` past `from`.
 */
export function nodesBetween(wiring: Wiring, from: string, to: string): ReadonlySet<OnnxNode> | undefined {
  const found = new Set<OnnxNode>();
  const open = [to];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === from) continue;
    const node = wiring.maker(name);
    if (!node) return undefined;
    if (!found.has(node)) open.push(...wiring.imageInputs(node));
    found.add(node);
  }
  return found;
}

/** The first node of a kind along the single way that leaves a value. */
export function follow(wiring: Wiring, from: string, opType: string): OnnxNode | undefined {
  const [node, ...others] = wiring.readers(from);
  if (!node || others.length > 0) return undefined;
  return node.opType === opType ? node : follow(wiring, node.output[0], opType);
}

/** Operators of nodes, each once. */
export function operatorsOf(nodes: Iterable<OnnxNode>): ReadonlySet<string> {
  return new Set(Array.from(nodes, (node) => node.opType));
}
