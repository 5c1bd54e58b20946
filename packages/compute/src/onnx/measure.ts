// The types and sizes that values have when a model is run: the last word where the file is silent.

import { openSession, type SessionOptions } from '../session/session.js';
import type { Dtype, Tensor } from '../session/tensor.js';
import { encodeModel, type OnnxModel } from './model.js';
import { tapLayers } from './tap.js';

export interface MeasuredValue {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** Values held in memory at once, at most. */
const AT_ONCE = 64;

/**
 * Run a model once and note types and sizes of values inside it.
 *
 * @param model   Left as it is.
 * @param names   Values that nodes make.
 * @param feeds   Input name → tensor; only what the values need is read.
 * @param options Of the session; `name` is what messages call the model.
 * @returns One entry per name, in the same order.
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER` if no node makes a value of that name.
 * @throws {DataError} `STRIATE_ONNX_MALFORMED` if ONNX Runtime refuses the graph.
 * @remarks Runs once per 64 values, so that memory does not grow with the depth of the network.
 */
export async function measureValues(
  model: OnnxModel,
  names: readonly string[],
  feeds: Readonly<Record<string, Tensor>>,
  options: SessionOptions & { readonly name: string },
): Promise<MeasuredValue[]> {
  const measured: MeasuredValue[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    measured.push(...(await measureSome(model, names.slice(start, start + AT_ONCE), feeds, options)));
  }
  return measured;
}

async function measureSome(
  model: OnnxModel,
  names: readonly string[],
  feeds: Readonly<Record<string, Tensor>>,
  options: SessionOptions & { readonly name: string },
): Promise<MeasuredValue[]> {
  const session = await openSession(encodeModel(tapLayers(model, names, options.name)), options);
  try {
    const needed = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input]]));
    const values = await session.run(needed);
    return names.map((name) => ({ name, dtype: values[name].dtype, shape: values[name].shape }));
  } finally {
    await session.dispose();
  }
}
