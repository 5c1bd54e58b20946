// Reading in worker threads: decoding images takes longer than a training step may wait, and ONNX Runtime keeps the
// main thread busy while it runs. So requests are handed out at once, never when a thread asks for more.

import type { ReadBatch } from './loader.js';
import { ReaderThread } from './reader-thread.js';

export interface ReadersOptions {
  /** Module that exports `openReader(options)`, which returns a {@link ReadBatch}. */
  readonly module: URL;
  /** Given to `openReader`; anything that can be cloned. */
  readonly options?: unknown;
  /** Number of threads. Default: 1. */
  readonly workers?: number;
}

export interface Readers {
  /**
   * Has the batch read by the thread with the fewest to read. The buffers of `into` go over to that thread.
   *
   * @throws {DataError} `STRIATE_READING_FAILED` with the stimuli and the reason.
   * @throws {CapabilityError} `STRIATE_USED_AFTER_DISPOSE`.
   */
  readonly read: ReadBatch;
  /** Ends the threads; what they were reading fails. */
  dispose(): Promise<void>;
}

/**
 * Open readers in worker threads.
 *
 * @throws {DataError} `STRIATE_READING_FAILED` if a reader cannot be opened.
 */
export async function openReaders({ module, options, workers = 1 }: ReadersOptions): Promise<Readers> {
  const threads = Array.from({ length: workers }, () => new ReaderThread({ module: module.href, options }));
  const dispose = async () => {
    await Promise.all(threads.map((thread) => thread.end()));
  };
  try {
    await Promise.all(threads.map((thread) => thread.ready));
  } catch (error) {
    await dispose();
    throw error;
  }
  const leastBusy = () => threads.reduce((a, b) => (b.nWaiting < a.nWaiting ? b : a));
  return { read: (rows, into) => leastBusy().read(rows, into), dispose };
}
