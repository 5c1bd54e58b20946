// ONNX files written by hand, as other programs write them.

import {
  decodeModel,
  encodeModel,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
} from '../../onnx/model.js';
import { openSession } from '../../session/session.js';
import type { Dtype, Tensor } from '../../session/tensor.js';
import { ONNX_TYPES } from '../operators/elementwise.js';
import { encodeTensor } from '../stored-tensor.js';
import type { Shape } from '../value.js';

export interface FileParts {
  readonly nodes: readonly OnnxNode[];
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: readonly string[];
  readonly weights?: Readonly<Record<string, Tensor>>;
  /** Types that the file says of values between: shape, and floats unless said otherwise. */
  readonly declared?: Readonly<Record<string, readonly [Shape, Dtype?]>>;
  readonly opset?: number;
  readonly domains?: readonly string[];
}

/** Put a file together, and read it as one would from a disk. */
export function makeFile({
  nodes,
  inputs,
  outputs,
  weights = {},
  declared = {},
  ...rest
}: FileParts): OnnxModel {
  const { opset = 20, domains = [] } = rest;
  const declaredInfo = (name: string) => (declared[name] ? valueInfo(name, ...declared[name]) : { name });
  const inside = Object.keys(declared).filter((name) => !outputs.includes(name));
  const bytes = encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }, ...domains.map((domain) => ({ domain, version: 1 }))],
    metadataProps: [],
    graph: {
      name: 'a test',
      node: [...nodes],
      initializer: Object.entries(weights).map(([name, tensor]) => encodeTensor(tensor, name)),
      input: Object.entries(inputs).map(([name, shape]) => valueInfo(name, shape)),
      output: outputs.map(declaredInfo),
      valueInfo: inside.map(declaredInfo),
    },
  });
  return decodeModel(bytes, 'a test');
}

function valueInfo(name: string, shape: Shape, dtype: Dtype = 'float32') {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: ONNX_TYPES[dtype], shape: { dim } } } };
}

export const node = (
  opType: string,
  input: string[],
  output: string[],
  attribute: OnnxAttribute[] = [],
): OnnxNode => ({ opType, input, output, attribute });

export const int = (name: string, i: number): OnnxAttribute => ({ name, type: 2, i });
export const ints = (name: string, ...values: number[]): OnnxAttribute => ({ name, type: 7, ints: values });
export const float = (name: string, f: number): OnnxAttribute => ({ name, type: 1, f });
export const text = (name: string, value: string): OnnxAttribute => ({
  ...{ name, type: 3, s: new TextEncoder().encode(value) },
});

/** Elements that differ from each other, of both signs. */
export function floats(...shape: number[]): Tensor<'float32'> {
  const count = shape.reduce((product, size) => product * size, 1);
  return {
    dtype: 'float32',
    shape,
    data: Float32Array.from({ length: count }, (_, i) => Math.sin(1 + 2.3 * i)),
  };
}

export const integersOf = (...values: number[]): Tensor<'int64'> => ({
  ...{ dtype: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) },
});

/** Run a model; outputs by name. */
export async function runModel(
  model: OnnxModel,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const session = await openSession(encodeModel(model));
  try {
    return await session.run(Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]])));
  } finally {
    await session.dispose();
  }
}
