import { encodeModel } from '../onnx/model.js';
import { openSession, type SessionOptions } from '../session/session.js';
import type { Tensor } from '../session/tensor.js';
import { toModel } from './to-model.js';
import type { Value } from './value.js';

/**
 * Compute values once; for tests and small sums. What runs often opens a session of its own.
 *
 * @param outputs Name → value; parameters have their first content.
 * @param feeds   Input name → tensor.
 * @throws {UsageError} `STRIATE_GRAPH_NAME_TWICE`.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` if ONNX Runtime has no kernel for an operator with these types.
 */
export async function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Value>>,
  feeds: Readonly<Record<string, Tensor>> = {},
  options: SessionOptions = {},
): Promise<Record<Name, Tensor>> {
  const session = await openSession(encodeModel(toModel(outputs)), options);
  try {
    const needed = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
    return (await session.run(needed)) as Record<Name, Tensor>;
  } finally {
    await session.dispose();
  }
}
