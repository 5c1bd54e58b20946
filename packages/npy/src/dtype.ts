// Data types of .npy files: how numpy writes them down, and the typed array that holds them.

import { npyDtype } from '@striate/contracts';

export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface DtypeTraits {
  readonly bytes: number;
  /** Typed array of the values as they lie in the file. */
  readonly Stored: new (buffer: ArrayBuffer) => NpyData;
  /** Smallest float type that holds every value; 64-bit integers beyond 2^53 are rounded to the nearest float64. */
  readonly float: 'float32' | 'float64';
}

/** By name; numpy's one-letter kinds and sizes stand in {@link DTYPE_OF_DESCR}. */
export const DTYPES = {
  bool: { bytes: 1, Stored: Uint8Array, float: 'float32' },
  uint8: { bytes: 1, Stored: Uint8Array, float: 'float32' },
  int8: { bytes: 1, Stored: Int8Array, float: 'float32' },
  uint16: { bytes: 2, Stored: Uint16Array, float: 'float32' },
  int16: { bytes: 2, Stored: Int16Array, float: 'float32' },
  uint32: { bytes: 4, Stored: Uint32Array, float: 'float64' },
  int32: { bytes: 4, Stored: Int32Array, float: 'float64' },
  uint64: { bytes: 8, Stored: BigUint64Array, float: 'float64' },
  int64: { bytes: 8, Stored: BigInt64Array, float: 'float64' },
  float16: { bytes: 2, Stored: Uint16Array, float: 'float32' },
  float32: { bytes: 4, Stored: Float32Array, float: 'float32' },
  float64: { bytes: 8, Stored: Float64Array, float: 'float64' },
} as const satisfies Record<string, DtypeTraits>;

export type NpyDtype = keyof typeof DTYPES;

const DTYPE_OF_DESCR: Readonly<Record<string, NpyDtype>> = {
  b1: 'bool',
  u1: 'uint8',
  i1: 'int8',
  u2: 'uint16',
  i2: 'int16',
  u4: 'uint32',
  i4: 'int32',
  u8: 'uint64',
  i8: 'int64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/**
 * Read numpy's type description, e.g. `<f4`: byte order, kind, bytes.
 *
 * @throws {DataError} `STRIATE_NPY_DTYPE` for objects, structures, complex numbers, text and dates.
 */
export function parseDescr(descr: string, path: string): { dtype: NpyDtype; isBigEndian: boolean } {
  const match = /^([<>|=]?)([a-z]\d+)$/.exec(descr);
  const dtype = match ? DTYPE_OF_DESCR[match[2]] : undefined;
  if (!match || !dtype) throw npyDtype({ path, dtype: descr, allowed: Object.keys(DTYPES) });
  return { dtype, isBigEndian: match[1] === '>' };
}

/** The dtype that a typed array is written as. */
export function dtypeOf(data: NpyData): { dtype: NpyDtype; descr: string } {
  const [kind, dtype] = Object.entries(DTYPE_OF_DESCR).find(
    ([, name]) => name !== 'bool' && name !== 'float16' && data instanceof DTYPES[name].Stored,
  )!;
  return { dtype, descr: `${DTYPES[dtype].bytes === 1 ? '|' : '<'}${kind}` };
}
