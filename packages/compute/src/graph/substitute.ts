import { refuse, sameShape, showType } from './shape.js';
import { listNodes } from './order.js';
import type { Node, Value } from './value.js';

/**
 * The same graph with other values in some places: trained weights where parameters were, a network where an input was.
 *
 * @param outputs What is computed.
 * @param replacements Value → what stands there instead, of the same type.
 * @returns One value per output; what no replacement reaches is shared with the old graph, not copied.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if a replacement has another type.
 */
export function substitute(
  outputs: readonly Value[],
  replacements: ReadonlyMap<Value, Value>,
): readonly Value[] {
  for (const [before, after] of replacements) {
    if (before.dtype !== after.dtype || !sameShape(before.shape, after.shape))
      refuse('substitute', [after], `it should be ${showType(before)}`);
  }
  const replaced = new Map(replacements);
  const now = (value: Value) => replaced.get(value) ?? value;
  for (const node of listNodes(outputs)) {
    if (!node.inputs.some((value) => value && replaced.has(value))) continue;
    const copies = copyNode(node, now);
    node.outputs.forEach((output, i) => {
      if (!replaced.has(output)) replaced.set(output, copies[i]);
    });
  }
  return outputs.map(now);
}

function copyNode(node: Node, now: (value: Value) => Value): readonly Value[] {
  const outputs: Value[] = [];
  const inputs = node.inputs.map((value) => value && now(value));
  const copy: Node = { ...node, inputs, outputs };
  node.outputs.forEach(({ dtype, shape }, index) =>
    outputs.push({ dtype, shape, origin: { kind: 'node', node: copy, index } }),
  );
  return outputs;
}
