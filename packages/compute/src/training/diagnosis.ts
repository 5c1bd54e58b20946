// Which tensor was the first to be no number: asked once, after it has happened.

import { listNodes, listLeaves, showType, toModel, type Value } from '../graph/index.js';
import { encodeModel } from '../onnx/model.js';
import { openSession, type SessionOptions } from '../session/session.js';
import type { Tensor } from '../session/tensor.js';

/** Values fetched at once, so that memory stays near that of a step. */
const AT_ONCE = 32;

/**
 * Describe the first tensor with a NaN or an infinity: what is fed first, then in the order of computation.
 *
 * @param outputs What was computed.
 * @param feeds   Input or parameter name → tensor.
 */
export async function findNotFinite(
  outputs: readonly Value[],
  feeds: Readonly<Record<string, Tensor>>,
  options: SessionOptions,
): Promise<string> {
  const leaves = listLeaves(outputs);
  for (const leaf of leaves) {
    const { origin } = leaf;
    if (origin.kind !== 'input' && origin.kind !== 'parameter') continue;
    const content = feeds[origin.name] ?? (origin.kind === 'parameter' ? origin.initial : undefined);
    if (content && !isFinite(content)) return `the ${origin.kind} "${origin.name}", ${showType(leaf)}`;
  }
  const fed = leaves.filter(({ origin }) => origin.kind === 'parameter' && origin.name in feeds);
  const values = listNodes(outputs).flatMap(({ outputs: made }) => made.filter(isFloat));
  for (let start = 0; start < values.length; start += AT_ONCE) {
    const some = values.slice(start, start + AT_ONCE);
    const results = await computeSome(some, fed, feeds, options);
    const first = results.findIndex((result) => !isFinite(result));
    if (first >= 0) return describe(some[first]);
  }
  return 'none when computed once more';
}

async function computeSome(
  values: readonly Value[],
  fed: readonly Value[],
  feeds: Readonly<Record<string, Tensor>>,
  options: SessionOptions,
): Promise<readonly Tensor[]> {
  const outputs = Object.fromEntries(values.map((value, i) => [`tensor ${i}`, value]));
  const reads = new Set(listLeaves(values));
  const model = encodeModel(toModel(outputs, { inputs: fed.filter((leaf) => reads.has(leaf)) }));
  const session = await openSession(model, { ...options, name: 'the diagnosis of a training step' });
  try {
    const needed = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
    const results = await session.run(needed);
    return values.map((_, i) => results[`tensor ${i}`]);
  } finally {
    await session.dispose();
  }
}

/** By its operator and by the named tensors that go in. */
function describe(value: Value): string {
  if (value.origin.kind !== 'node') return showType(value);
  const { operator, inputs } = value.origin.node;
  const named = inputs.flatMap((from) =>
    from?.origin.kind === 'input' || from?.origin.kind === 'parameter' ? [`"${from.origin.name}"`] : [],
  );
  const reads = named.length > 0 ? ` that reads ${named.join(' and ')}` : '';
  return `the output of a ${operator.type}${reads}, ${showType(value)}`;
}

const isFloat = ({ dtype }: Value) => dtype === 'float32' || dtype === 'float64';

function isFinite({ dtype, data }: Tensor): boolean {
  if (dtype !== 'float32' && dtype !== 'float64') return true;
  return (data as Float32Array).every((value) => Number.isFinite(value));
}
