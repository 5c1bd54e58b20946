// What a file says of the type of a value, and what its names for sizes stand for.

import { toNumber, type OnnxDimension, type OnnxValueInfo } from '../onnx/model.js';
import { refuse, showType } from './shape.js';
import { dtypeOf } from './stored-tensor.js';
import type { Shape, Size, Value, ValueType } from './value.js';

/** Names for sizes in a file → what they are in the graph that it is read into. */
export type Sizes = Map<string, Size>;

/**
 * Read what a file says of a value.
 *
 * @returns `undefined` where it does not say how many axes there are, or where sessions do not take such elements. A size
 *   that it does not say has a name of its own.
 */
export function declaredType({ name, type }: OnnxValueInfo, sizes: Sizes): ValueType | undefined {
  const { elemType = 0, shape } = type?.tensorType ?? {};
  const dtype = dtypeOf(elemType);
  if (!dtype || !shape) return undefined;
  return { dtype, shape: (shape.dim ?? []).map((size, axis) => sizeOf(size, `${name}_${axis}`, sizes)) };
}

/** A size of 0 or less is some exporters' way of saying "unknown"; protobuf reads a missing one as 0 too. */
function sizeOf({ dimValue, dimParam }: OnnxDimension, unnamed: string, sizes: Sizes): Size {
  const number = toNumber(dimValue);
  if (!dimParam && number > 0) return number;
  const name = dimParam || unnamed;
  return sizes.get(name) ?? name;
}

/**
 * Find out what names stand for: what a file says of an input, beside the value that is to stand there.
 *
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the value is not of that type.
 */
export function bindSizes(
  declared: ValueType,
  value: Value,
  { what, sizes }: { what: string; sizes: Sizes },
) {
  const isFit = declared.dtype === value.dtype && bindShape(declared.shape, value.shape, sizes);
  if (!isFit) refuse(what, [value], `the file says ${showType(declared)}`);
}

function bindShape(declared: Shape, given: Shape, sizes: Sizes): boolean {
  if (declared.length !== given.length) return false;
  return declared.every((name, axis) => {
    const size = given[axis];
    if (typeof name === 'number') return name === size;
    const bound = sizes.get(name) ?? size;
    sizes.set(name, bound);
    return bound === size;
  });
}
