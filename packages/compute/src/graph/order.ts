import type { Node, Value } from './value.js';

/** The nodes that the values need, each after those it reads. */
export function listNodes(outputs: readonly Value[]): readonly Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  const open: { node: Node; next: number }[] = [];
  const enter = (value: Value | undefined) => {
    if (value?.origin.kind !== 'node' || seen.has(value.origin.node)) return;
    seen.add(value.origin.node);
    open.push({ node: value.origin.node, next: 0 });
  };
  // Not by recursion: a training step is thousands of nodes deep.
  for (const output of outputs) {
    enter(output);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next < top.node.inputs.length) enter(top.node.inputs[top.next++]);
      else ordered.push(open.pop()!.node);
    }
  }
  return ordered;
}

/** The inputs, parameters and constants that the values need, in the order in which they are first read. */
export function listLeaves(outputs: readonly Value[]): readonly Value[] {
  const leaves = new Set<Value>();
  for (const node of listNodes(outputs)) {
    for (const value of node.inputs) if (value && value.origin.kind !== 'node') leaves.add(value);
  }
  for (const value of outputs) if (value.origin.kind !== 'node') leaves.add(value);
  return [...leaves];
}
