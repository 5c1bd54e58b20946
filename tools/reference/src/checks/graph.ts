// What checks of graphs share: arrays of the case as inputs, outputs and gradients by one run.

import { evaluate, gradients, input, type Tensor, type Value } from '@striate/compute';
import type { Precision } from '../check.js';
import type { ReferenceCase } from '../reference-case.js';

/** Forward values to 1e-5; gradients, which sum over much, to 1e-4. */
export function graphTolerance(output: string): number {
  return output.startsWith('grad_') ? 1e-4 : 1e-5;
}

/** Arrays of the case as inputs of a graph, in a precision where they are numbers. */
export function inputsOf<Name extends string>(
  given: ReferenceCase,
  names: readonly Name[],
  dtypes: Partial<Record<Name, 'bool'>> = {},
  precision: Precision = 'float32',
): Record<Name, Value> {
  const entries = names.map((name) => [
    name,
    input(name, given.arrays.get(name)!.shape, dtypes[name] ?? precision),
  ]);
  return Object.fromEntries(entries) as Record<Name, Value>;
}

/**
 * Compute outputs, and `grad_<input>` of sum(loss) weighted by the case's `upstream` for each input that the case has
 * such an array for.
 */
export async function computeGraph<Name extends string>(
  given: ReferenceCase,
  inputs: Readonly<Record<Name, Value>>,
  outputs: Readonly<Record<string, Value>>,
  differentiated: Value,
): Promise<Record<string, ArrayLike<number>>> {
  const names = (Object.keys(inputs) as Name[]).filter((name) => given.arrays.has(`grad_${name}`));
  const upstream = given.arrays.has('upstream')
    ? inputsOf(given, ['upstream'], {}, differentiated.dtype as Precision)
    : undefined;
  const wanted = names.map((name) => inputs[name]);
  const pulled = wanted.length > 0 ? gradients(differentiated, wanted, upstream?.upstream) : [];
  const all: Record<string, Value> = { ...outputs };
  names.forEach((name, i) => (all[`grad_${name}`] = pulled[i]));
  const feeds = Object.entries<Value>({ ...inputs, ...upstream }).map(([name, value]) => [
    name,
    feed(given, name, value),
  ]);
  const results = await evaluate(all, Object.fromEntries(feeds));
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, Array.from(data as ArrayLike<number>)]),
  );
}

function feed(given: ReferenceCase, name: string, { dtype }: Value): Tensor {
  const { shape, data } = given.arrays.get(name)!;
  return { dtype, shape, data: ARRAYS[dtype as keyof typeof ARRAYS](data) };
}

const ARRAYS: Readonly<Record<'bool' | Precision, (data: Float64Array) => Tensor['data']>> = {
  bool: (data) => Uint8Array.from(data),
  float32: (data) => Float32Array.from(data),
  float64: (data) => data,
};
