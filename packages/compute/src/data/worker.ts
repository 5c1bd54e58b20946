// Runs in a worker thread: opens the reader that it was given and answers requests one after the other.

import { StriateError } from '@striate/contracts';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadBatch } from './loader.js';
import { ownBuffers, type ReadRequest, type ReaderSetup, type WorkerReply } from './worker-messages.js';

interface ReaderModule {
  openReader(options: unknown): ReadBatch | Promise<ReadBatch>;
}

const { module, options } = workerData as ReaderSetup;
const port = parentPort!;
const reply = (message: WorkerReply, buffers: ArrayBuffer[] = []) => port.postMessage(message, buffers);

const { openReader } = (await import(module)) as ReaderModule;
const read = await openReader(options);
let last: Promise<unknown> = Promise.resolve();
port.on('message', (request: ReadRequest) => (last = last.then(() => answer(request))));
reply({ kind: 'ready' });

async function answer({ id, rows, into }: ReadRequest): Promise<void> {
  try {
    const batch = await read(rows, into);
    reply({ kind: 'read', id, batch }, ownBuffers(batch));
  } catch (cause) {
    reply({ kind: 'failed', id, reason: describe(cause) });
  }
}

/** As text: an error of a class of its own does not survive the way between threads. */
function describe(cause: unknown): string {
  if (StriateError.isInstance(cause)) return `${cause.code}: ${cause.message}`;
  return cause instanceof Error ? cause.message : String(cause);
}
