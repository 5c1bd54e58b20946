// Writing .npy files that numpy.load reads.

import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { folderNotWritable, shapeMismatch } from '@striate/contracts';
import { toHostOrder } from './decode.js';
import { dtypeOf, type NpyData } from './dtype.js';
import { formatHeader } from './header.js';

/**
 * Encode an array as the bytes of a `.npy` file: version 1.0, little-endian, C order.
 *
 * @param shape Sizes of the axes, slowest first.
 * @param data  Values in C order; the dtype follows the typed array.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the sizes do not multiply to `data.length`.
 */
export function encodeNpy(shape: readonly number[], data: NpyData): Uint8Array {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== data.length) {
    throw shapeMismatch({
      what: 'an array to write as .npy',
      expected: `[${shape.join(', ')}] = ${length} values`,
      actual: `${data.length} values`,
    });
  }
  const { dtype, descr } = dtypeOf(data);
  const header = formatHeader(descr, shape);
  const file = new Uint8Array(header.length + data.byteLength);
  file.set(header);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  toHostOrder(file.subarray(header.length), dtype, false);
  return file;
}

/**
 * Write an array to a `.npy` file, see {@link encodeNpy}.
 *
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the sizes do not multiply to `data.length`.
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function writeNpy(path: string, shape: readonly number[], data: NpyData): Promise<void> {
  const bytes = encodeNpy(shape, data);
  await writeFile(path, bytes).catch((cause: unknown) => {
    throw folderNotWritable({ path: dirname(path), cause });
  });
}
