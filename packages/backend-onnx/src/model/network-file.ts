// The file of a network. It is read whole when something has to be known of its graph or a session is opened, and let
// go again; between, only what is needed to talk about it is kept.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeModel, listExternalFiles, type OnnxModel } from '@striate/compute';
import { fileMissing, modelNotFound, refusalOf } from '@striate/contracts';
import { addNodes } from './added-nodes.js';
import type { Network } from './network.js';

export interface NetworkFile {
  readonly model: OnnxModel;
  /** SHA-256 over the file and the files of its external weights, hex. */
  readonly sha256: string;
}

/**
 * Read and decode an ONNX file, and hash it with its external weights.
 *
 * @param backend For messages.
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND`; `STRIATE_FILE_MISSING` if external weights are not there;
 *   `STRIATE_ONNX_MALFORMED` if the file is cut short or no ONNX model.
 */
export async function readNetworkFile(path: string, backend: string): Promise<NetworkFile> {
  const bytes = await readBytes(path, backend);
  const model = decodeModel(bytes, path);
  const hash = createHash('sha256').update(bytes);
  for (const file of listExternalFiles(model)) {
    hash
      .update(`\n${file}\n`)
      .update(await hashFile(join(dirname(path), file), `A weights file of "${path}"`));
  }
  return { model, sha256: hash.digest('hex') };
}

/** Read and decode the file of a network again, with the nodes that its family puts behind it. */
export async function readNetwork({
  path,
  backend,
  added,
}: Pick<Network, 'path' | 'backend'> & Partial<Pick<Network, 'added'>>): Promise<OnnxModel> {
  const model = decodeModel(await readBytes(path, backend), path);
  return added ? addNodes(model, added) : model;
}

/**
 * Hash a file without holding it.
 *
 * @param what What it is, for messages.
 * @throws {DataError} `STRIATE_FILE_MISSING`.
 */
export async function hashFile(path: string, what: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  } catch (cause) {
    throw fileMissing({ path, what, cause });
  }
  return hash.digest('hex');
}

async function readBytes(path: string, backend: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const isThere = refusalOf(cause)?.code !== 'ENOENT';
    if (isThere) throw fileMissing({ path, what: 'The network', cause });
    throw modelNotFound({ backend, model: path, tried: [path] });
  }
}
