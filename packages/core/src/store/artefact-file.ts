// One artefact, one file:
//
//     magic (8 bytes) | length of the header (uint32) | header, JSON | arrays, each from a multiple of 64 | SHA-256 of all before
//
// Everything is little-endian. The digest at the end tells a file that is whole from one that was cut short or altered.

import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { artefactCorrupt, internal, type LabelledArray } from '@striate/contracts';

const MAGIC = Buffer.from('STRIATE1', 'latin1');
const ALIGNMENT = 64;
const DIGEST_BYTES = 32;
const CHUNK_BYTES = 1 << 20;

const ARRAY_TYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
};
type Dtype = keyof typeof ARRAY_TYPES;
export type StoredData = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;
export type StoredArray = LabelledArray<LabelledArray['axes'], StoredData>;

/** What the store keeps under a key: plain values, and arrays with named axes. */
export interface Artefact {
  readonly values: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

interface ArrayHeader {
  readonly name: string;
  readonly dtype: Dtype;
  readonly axes: LabelledArray['axes'];
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly offset: number;
  readonly byteLength: number;
}

export interface ArtefactHeader {
  readonly values: Readonly<Record<string, unknown>>;
  readonly arrays: readonly ArrayHeader[];
}

/** Write an artefact through an open file, hashing as it goes; the caller makes the file appear. */
export async function writeArtefact(file: FileHandle, artefact: Artefact): Promise<void> {
  if (endianness() !== 'LE') throw internal('artefacts are little-endian, and this machine is not');
  const digest = createHash('sha256');
  const write = async (bytes: Uint8Array) => {
    digest.update(bytes);
    await file.writeFile(bytes);
  };
  const { bytes, header } = layOut(artefact);
  await write(bytes);
  let at = bytes.length;
  for (const { name, offset, byteLength } of header.arrays) {
    const { data } = artefact.arrays[name];
    await write(new Uint8Array(offset - at));
    await write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    at = offset + byteLength;
  }
  await file.writeFile(digest.digest());
}

/** Offsets depend on the header's length and the header holds the offsets: lay out until it settles. */
function layOut(artefact: Artefact): { bytes: Uint8Array; header: ArtefactHeader } {
  let headerLength = 0;
  for (;;) {
    const header = headerFor(artefact, MAGIC.length + 4 + headerLength);
    const json = Buffer.from(JSON.stringify(header));
    if (json.length <= headerLength) {
      const padded = Buffer.concat([json, Buffer.alloc(headerLength - json.length, ' ')]);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(padded.length);
      return { bytes: Buffer.concat([MAGIC, length, padded]), header };
    }
    headerLength = json.length;
  }
}

function headerFor(artefact: Artefact, start: number): ArtefactHeader {
  let end = start;
  const arrays = Object.entries(artefact.arrays).map(([name, { axes, shape, data }]): ArrayHeader => {
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = offset + data.byteLength;
    return { name, dtype: dtypeOf(data), axes, shape, offset, byteLength: data.byteLength };
  });
  return { values: artefact.values, arrays };
}

function dtypeOf(data: StoredData): Dtype {
  const found = (Object.keys(ARRAY_TYPES) as Dtype[]).find((dtype) => data instanceof ARRAY_TYPES[dtype]);
  if (!found) throw internal(`the store keeps no ${data.constructor.name}`);
  return found;
}

/** True if the file's digest is that of its content. False for anything else, short files included. */
export async function isWhole(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < MAGIC.length + 4 + DIGEST_BYTES) return false;
    const digest = createHash('sha256');
    await hashRange(file, size - DIGEST_BYTES, digest);
    const stored = Buffer.alloc(DIGEST_BYTES);
    await file.read(stored, 0, DIGEST_BYTES, size - DIGEST_BYTES);
    return digest.digest().equals(stored);
  } finally {
    await file.close();
  }
}

async function hashRange(file: FileHandle, end: number, digest: Hash): Promise<void> {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end));
  for (let at = 0; at < end;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, end - at), at);
    if (bytesRead === 0) return;
    digest.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** Read the header of a file that is whole. */
export async function readHeader(
  file: FileHandle,
  facts: { key: string; path: string },
): Promise<ArtefactHeader> {
  const start = Buffer.alloc(MAGIC.length + 4);
  await file.read(start, 0, start.length, 0);
  if (!start.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw artefactCorrupt({ ...facts, reason: 'it does not start as an artefact does' });
  }
  const json = Buffer.alloc(start.readUInt32LE(MAGIC.length));
  await file.read(json, 0, json.length, start.length);
  try {
    return JSON.parse(json.toString('utf8')) as ArtefactHeader;
  } catch {
    throw artefactCorrupt({ ...facts, reason: 'its header is no JSON' });
  }
}

/** Read a whole artefact of a file that is whole. */
export async function readArtefact(path: string, key: string): Promise<Artefact> {
  const file = await open(path, 'r');
  try {
    const { values, arrays } = await readHeader(file, { key, path });
    const read: Record<string, StoredArray> = {};
    for (const { name, dtype, axes, shape, offset, byteLength } of arrays) {
      const bytes = new Uint8Array(byteLength);
      await readFully(file, bytes, offset);
      const data = new ARRAY_TYPES[dtype](bytes.buffer);
      read[name] = { axes, shape: shape as never, data };
    }
    return { values, arrays: read };
  } finally {
    await file.close();
  }
}

/** Fill `bytes` from a position; a single read may return less than was asked for. */
export async function readFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw internal('a file became shorter while it was read');
    at += bytesRead;
  }
}
