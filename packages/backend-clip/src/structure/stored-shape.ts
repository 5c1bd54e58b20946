import { toNumber, type OnnxGraph } from '@striate/compute';

/** They make a value of a stored one without changing its last two sizes. */
const KEEPS_SIZES = /^(Identity|Cast|DequantizeLinear|Unsqueeze)$/;

/**
 * The shape of a stored value, looking through what turns it into another format.
 *
 * @returns `undefined` if it is not stored. Axes in front may be missing.
 */
export function storedShape(graph: OnnxGraph, name: string): readonly number[] | undefined {
  const stored = graph.initializer.find((tensor) => tensor.name === name);
  if (stored) return (stored.dims ?? []).map(toNumber);
  const node = graph.node.find(({ output }) => output.includes(name));
  if (node?.opType === 'Constant') return node.attribute?.[0].t?.dims?.map(toNumber);
  if (node?.opType === 'Gather') return gatheredShape(graph, node.input);
  return node && KEEPS_SIZES.test(node.opType) ? storedShape(graph, node.input[0]) : undefined;
}

/** A table of which rows are taken: as many as there are indices. */
function gatheredShape(graph: OnnxGraph, [table, indices]: readonly string[]): readonly number[] | undefined {
  const [rows, taken] = [storedShape(graph, table), storedShape(graph, indices)];
  return rows && taken && [...taken, ...rows.slice(1)];
}
