// Reading .npy files through a file handle: all at once, or rows of the first axis with bounded memory.

import { open, type FileHandle } from 'node:fs/promises';
import {
  describeShape,
  fileMissing,
  npyFortranOrder,
  npyMalformed,
  shapeMismatch,
  type FloatArray,
} from '@striate/contracts';
import { convertToFloats, newFloats, toHostOrder, toRowMajor } from './decode.js';
import { DTYPES, type NpyData, type NpyDtype } from './dtype.js';
import { LONGEST_PREFIX, parseHeader, parsePrefix, type NpyHeader } from './header.js';

/** Bytes that are read before they are converted; small enough to stay in the cache. */
const CHUNK_BYTES = 1 << 20;

/** An open `.npy` file. Reads do not disturb each other; close it when done. */
export interface NpyFile {
  readonly path: string;
  /** Sizes of the axes, slowest first; `[]` for a single number. */
  readonly shape: readonly number[];
  readonly dtype: NpyDtype;
  /** Float type that loses nothing; what {@link readRows} and {@link readFloats} return. */
  readonly floatType: 'float32' | 'float64';
  /**
   * Read all values as they are stored, in C order whatever the file's order.
   * @returns By dtype; bool as Uint8Array, 64-bit integers as BigInt arrays, float16 widened to Float32Array.
   */
  readAll(): Promise<NpyData>;
  /** Read all values as floats of {@link floatType}, in C order. */
  readFloats(): Promise<FloatArray>;
  /**
   * Read rows of the first axis as floats; memory beyond the result does not grow with their number.
   *
   * @param start First row.
   * @param count Number of rows.
   * @param into  Where to write, `count` x product of the other sizes; its type decides the precision. A new array of
   *   {@link floatType} if left out.
   * @throws {DataError} `STRIATE_NPY_FORTRAN_ORDER` if rows do not lie together in the file; `STRIATE_SHAPE_MISMATCH` if
   *   there are no such rows or `into` has another length; `STRIATE_NPY_MALFORMED` if the file became shorter.
   */
  readRows(start: number, count: number, into?: Float32Array): Promise<Float32Array>;
  readRows(start: number, count: number, into?: FloatArray): Promise<FloatArray>;
  close(): Promise<void>;
}

/**
 * Open a `.npy` file and check its header and size; values are read when asked for.
 *
 * @param what What it is, for messages.
 * @throws {DataError} `STRIATE_FILE_MISSING`; `STRIATE_NPY_MALFORMED` for a header that does not parse, values that are
 *   cut short or trailing bytes; `STRIATE_NPY_DTYPE` for a data type that is not read.
 * @example
 * const file = await openNpy('responses.npy'); // [stimulus, voxel]
 * const first = await file.readRows(0, 10);
 * await file.close();
 */
export async function openNpy(path: string, what = 'A .npy file'): Promise<NpyFile> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw fileMissing({ path, what, cause });
  });
  try {
    return npyFile(path, handle, await readHeader(path, handle, what));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Open a `.npy` file, use it, and close it whatever happens. */
export async function withNpy<Result>(
  path: string,
  use: (file: NpyFile) => Promise<Result>,
  what?: string,
): Promise<Result> {
  const file = await openNpy(path, what);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

interface PlacedHeader extends NpyHeader {
  readonly dataStart: number;
  readonly length: number;
}

async function readHeader(path: string, handle: FileHandle, what: string): Promise<PlacedHeader> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw fileMissing({ path, what });
  const prefix = Buffer.alloc(Math.min(LONGEST_PREFIX, stats.size));
  await readFully(handle, prefix, 0, path);
  const { textStart, dataStart } = parsePrefix(prefix, path);
  if (dataStart > stats.size) {
    throw npyMalformed({
      path,
      reason: `its header ends at byte ${dataStart}; the file has ${stats.size} bytes`,
    });
  }
  const text = Buffer.alloc(dataStart - textStart);
  await readFully(handle, text, textStart, path);
  const header = parseHeader(text.toString('utf8'), path);
  const length = header.shape.reduce((product, size) => product * size, 1);
  checkSize(header, length, stats.size - dataStart, path);
  return { ...header, dataStart, length };
}

function checkSize({ shape, dtype }: NpyHeader, length: number, actual: number, path: string): void {
  const expected = length * DTYPES[dtype].bytes;
  if (expected === actual) return;
  const promised = `${dtype} [${shape.join(', ')}] is ${expected} bytes`;
  const verdict = actual < expected ? 'it is cut short' : 'it has bytes too many';
  throw npyMalformed({ path, reason: `${verdict}: ${promised}, and ${actual} follow its header` });
}

function npyFile(path: string, handle: FileHandle, header: PlacedHeader): NpyFile {
  const { shape, dtype, isBigEndian, dataStart, length } = header;
  const { bytes: size, Stored, float: floatType } = DTYPES[dtype];
  // Fortran and C order are the same thing where at most one axis is longer than 1.
  const isColumnMajor = header.isFortranOrder && shape.filter((axis) => axis !== 1).length > 1;

  async function readStored(start: number, count: number): Promise<NpyData> {
    const bytes = new Uint8Array(count * size);
    await readFully(handle, bytes, dataStart + start * size, path);
    toHostOrder(bytes, dtype, isBigEndian);
    return new Stored(bytes.buffer);
  }

  async function readInto(into: FloatArray, start: number): Promise<void> {
    const step = CHUNK_BYTES / size;
    for (let done = 0; done < into.length; done += step) {
      const count = Math.min(step, into.length - done);
      convertToFloats(await readStored(start + done, count), dtype, into.subarray(done, done + count));
    }
  }

  async function readFloats(): Promise<FloatArray> {
    const floats = newFloats(floatType, length);
    await readInto(floats, 0);
    return isColumnMajor ? toRowMajor(floats, shape) : floats;
  }

  async function readAll(): Promise<NpyData> {
    if (dtype === 'float16') return readFloats();
    const stored = await readStored(0, length);
    return isColumnMajor ? toRowMajor(stored, shape) : stored;
  }

  async function readRows(start: number, count: number, given?: FloatArray): Promise<FloatArray> {
    const rowLength = checkRows(path, shape, start, count);
    if (isColumnMajor) throw npyFortranOrder({ path, shape });
    const into = given ?? newFloats(floatType, count * rowLength);
    if (into.length !== count * rowLength) {
      throw shapeMismatch({
        what: `an array for rows of "${path}"`,
        expected: `${count * rowLength} values`,
        actual: `${into.length} values`,
      });
    }
    await readInto(into, start * rowLength);
    return into;
  }

  return {
    path,
    shape,
    dtype,
    floatType,
    readAll,
    readFloats,
    readRows: readRows as NpyFile['readRows'],
    close: () => handle.close(),
  };
}

/** @returns The number of values in a row. */
function checkRows(path: string, shape: readonly number[], start: number, count: number): number {
  const nRows = shape.length === 0 ? 0 : shape[0];
  if (!(
    Number.isInteger(start) &&
    Number.isInteger(count) &&
    start >= 0 &&
    count >= 0 &&
    start + count <= nRows
  )) {
    throw shapeMismatch({
      what: `rows of "${path}"`,
      expected: `rows within ${describeShape(
        shape.map((_, axis) => `axis ${axis}`),
        shape,
      )}`,
      actual: `${count} rows from row ${start}`,
    });
  }
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

/** Node reads at most 2 GiB at a time, and may read less than asked. */
async function readFully(
  handle: FileHandle,
  into: Uint8Array,
  position: number,
  path: string,
): Promise<void> {
  for (let done = 0; done < into.length;) {
    const wanted = Math.min(into.length - done, 1 << 30);
    const { bytesRead } = await handle.read(into, done, wanted, position + done);
    if (bytesRead === 0)
      throw npyMalformed({ path, reason: `it ends at byte ${position + done} while being read` });
    done += bytesRead;
  }
}
