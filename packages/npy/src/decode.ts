// From the bytes of a file to typed arrays.

import { endianness } from 'node:os';
import { DTYPES, type NpyData, type NpyDtype } from './dtype.js';
import { widenHalf } from './half.js';

const IS_HOST_BIG_ENDIAN = endianness() === 'BE';

/** Turn bytes around where file and machine differ in byte order; in place. */
export function toHostOrder(bytes: Uint8Array, dtype: NpyDtype, isBigEndian: boolean): void {
  const size = DTYPES[dtype].bytes;
  if (size === 1 || isBigEndian === IS_HOST_BIG_ENDIAN) return;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}

/** A new float array of the given type. */
export function newFloats(type: 'float32' | 'float64', length: number): Float32Array | Float64Array {
  return type === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** Convert stored values to floats; `into` has the same length. */
export function convertToFloats(stored: NpyData, dtype: NpyDtype, into: Float32Array | Float64Array): void {
  if (dtype === 'float16') widenHalf(stored as Uint16Array, into);
  else if (stored instanceof BigInt64Array || stored instanceof BigUint64Array) {
    for (let i = 0; i < stored.length; i++) into[i] = Number(stored[i]);
  } else into.set(stored);
}

/**
 * Reorder values from Fortran order (first axis fastest) to C order (last axis fastest).
 *
 * @param values Values in Fortran order, product of `shape` of them.
 * @returns A new array of the same type.
 */
export function toRowMajor<Data extends NpyData>(values: Data, shape: readonly number[]): Data {
  const result = values.slice() as Data;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const position = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    result[to] = values[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++position[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return result;
}
