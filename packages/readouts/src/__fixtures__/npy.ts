import { readFileSync } from 'node:fs';
import { matrix, type Matrix } from '@striate/compute';

/** A matrix (or a vector, as one row) of little-endian float32 or float64 in C order, widened. */
export function readNpyFloat64(path: string): Matrix<Float64Array> {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 0, start);
  const sizes = /'shape': \(([^)]*)\)/
    .exec(header)![1]
    .split(',')
    .filter((size) => size.trim())
    .map(Number);
  const content = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length);
  const data = header.includes("'<f4'")
    ? Float64Array.from(new Float32Array(content))
    : new Float64Array(content);
  return matrix(sizes.length > 1 ? sizes[0] : 1, sizes[sizes.length - 1], data);
}
