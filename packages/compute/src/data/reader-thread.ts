import { readingFailed, usedAfterDispose } from '@striate/contracts';
import { Worker } from 'node:worker_threads';
import type { Batch } from '../training/train.js';
import { ownBuffers, type ReaderSetup, type ReadRequest, type WorkerReply } from './worker-messages.js';

interface Waiting {
  readonly rows: Int32Array;
  resolve(batch: Batch): void;
  reject(error: Error): void;
}

/** From `dist` as well as from the sources: a thread runs what was built. */
const WORKER = new URL('../../dist/data/worker.js', import.meta.url);

/** A worker thread with a reader in it, and the requests that it has not answered. */
export class ReaderThread {
  /** Settles when the reader is open. */
  readonly ready: Promise<void>;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private ended: Error | undefined;

  constructor(setup: ReaderSetup) {
    this.worker = new Worker(WORKER, { workerData: setup });
    const what = `A batch of "${setup.module}"`;
    this.ready = new Promise((resolve, reject) => {
      const end = (reason: string, cause?: unknown) => {
        this.fail(readingFailed({ what, reason, cause }));
        reject(this.ended!);
      };
      this.worker.on('error', (error) => end(error.message, error));
      this.worker.on('exit', (code) => end(`its thread ended with code ${code}.`));
      this.worker.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'ready') resolve();
        else this.settle(reply);
      });
    });
  }

  get nWaiting(): number {
    return this.waiting.size;
  }

  read(rows: Int32Array, into?: Batch): Promise<Batch> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      const request: ReadRequest = { id: this.nextId++, rows, ...(into ? { into } : {}) };
      this.waiting.set(request.id, { rows, resolve, reject });
      this.worker.postMessage(request, into ? ownBuffers(into) : []);
    });
  }

  async end(): Promise<void> {
    this.fail(usedAfterDispose('A reader of batches'));
    await this.worker.terminate();
  }

  private settle(reply: Exclude<WorkerReply, { kind: 'ready' }>): void {
    const request = this.waiting.get(reply.id);
    if (!request) return; // ended meanwhile
    this.waiting.delete(reply.id);
    if (reply.kind === 'read') request.resolve(reply.batch);
    else
      request.reject(
        readingFailed({ what: `The batch of stimuli ${request.rows.join(', ')}`, reason: reply.reason }),
      );
  }

  /** The first reason is the one that counts. */
  private fail(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
