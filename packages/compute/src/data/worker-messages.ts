// What main thread and reader workers tell each other.

import type { Batch } from '../training/train.js';

/** Given to a worker when it starts. */
export interface ReaderSetup {
  /** URL of the module that exports `openReader`. */
  readonly module: string;
  readonly options: unknown;
}

export interface ReadRequest {
  readonly id: number;
  readonly rows: Int32Array;
  readonly into?: Batch;
}

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly id: number; readonly batch: Batch }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/**
 * Buffers that may be handed over instead of copied: those that a tensor fills. A part of a larger buffer is copied,
 * or others who look into that would find it gone.
 */
export function ownBuffers(batch: Batch): ArrayBuffer[] {
  const buffers = Object.values(batch).flatMap(({ data }) =>
    data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength ? [data.buffer] : [],
  );
  return [...new Set(buffers)];
}
