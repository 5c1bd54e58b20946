// Named tensors in a file, in the safetensors format: eight bytes of length, a JSON header with types, shapes and
// places, then the elements. Any language reads it; nothing in it is run.

import { checkpointMismatch } from '@striate/contracts';
import { ELEMENT_ARRAYS, type Dtype, type Tensor } from '../session/tensor.js';

const NAMES: Readonly<Record<Dtype, string>> = {
  float16: 'F16',
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  int64: 'I64',
  uint8: 'U8',
  bool: 'BOOL',
};

export interface NamedTensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Text by name; safetensors' `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The pieces of a file, in order; elements stay views of the tensors. */
export function encodeTensors({ tensors, metadata }: NamedTensors): readonly Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    header[name] = { dtype: NAMES[dtype], shape, data_offsets: [at, at + data.byteLength] };
    pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    at += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return [length, padded, ...pieces];
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Read the tensors of a file; elements are copied out of `bytes`.
 *
 * @param path Where it is from, for messages.
 * @throws {DataError} `STRIATE_CHECKPOINT_MISMATCH` if the bytes are cut short or are something else.
 */
export function decodeTensors(bytes: Uint8Array, path: string): NamedTensors {
  const malformed = (reason: string) => checkpointMismatch({ path, reason });
  if (bytes.length < 8) throw malformed('it is cut short.');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (bytes.length < 8 + length) throw malformed('it is cut short, or no safetensors file.');
  let header: Record<string, Entry> & { __metadata__?: Record<string, string> };
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as typeof header;
  } catch {
    throw malformed('its header is not JSON.');
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype: code, shape, data_offsets: place }] of Object.entries(entries)) {
    const dtype = (Object.keys(NAMES) as Dtype[]).find((known) => NAMES[known] === code);
    if (!dtype) throw malformed(`the tensor "${name}" has the unknown type ${code}.`);
    const [start, end] = place.map((offset) => 8 + length + offset);
    if (end > bytes.length) throw malformed(`it is cut short within the tensor "${name}".`);
    tensors.set(name, {
      dtype,
      shape,
      data: new ELEMENT_ARRAYS[dtype](new Uint8Array(bytes.subarray(start, end)).buffer),
    });
  }
  return { tensors, metadata };
}
