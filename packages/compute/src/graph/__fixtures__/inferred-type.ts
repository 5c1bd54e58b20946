import type { Dtype, Tensor, TensorData } from '../../session/tensor.js';
import { evaluate } from '../run.js';
import { listLeaves } from '../order.js';
import { showType, staticShape } from '../shape.js';
import type { Value } from '../value.js';

/** The types that the graph infers and that ONNX Runtime returns, every input being filled with ones. */
export async function compareTypes(
  values: readonly Value[],
): Promise<{ inferred: string[]; returned: string[] }> {
  const outputs = Object.fromEntries(values.map((value, i) => [`y${i}`, value]));
  const inputs = listLeaves(values).flatMap((leaf) =>
    leaf.origin.kind === 'input' ? [[leaf.origin.name, ones(leaf)] as const] : [],
  );
  const results = await evaluate(outputs, Object.fromEntries(inputs));
  return {
    inferred: values.map(showType),
    returned: Object.values(results).map(showType),
  };
}

const ARRAYS: { readonly [D in Dtype]?: (count: number) => TensorData[D] } = {
  bool: (count) => new Uint8Array(count).fill(1),
  float32: (count) => new Float32Array(count).fill(1),
  float64: (count) => new Float64Array(count).fill(1),
  int64: (count) => new BigInt64Array(count).fill(1n),
};

function ones(value: Value): Tensor {
  const shape = staticShape('ones', value);
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: value.dtype, shape, data: ARRAYS[value.dtype]!(count) };
}
