// Batches of stimuli in an order, read ahead of training. How a batch is read is a function: from features
// (`readFeatures`), or in worker threads (`openReaders`).

import { aborted, invalidTrainingOption } from '@striate/contracts';
import type { Batch, TrainingData } from '../training/train.js';
import { lookAhead } from './look-ahead.js';
import { epochOrder } from './order.js';

/**
 * Read one batch.
 *
 * @param rows Which stimuli, in order.
 * @param into A batch of as many stimuli that nobody needs any more; its buffers may be filled again.
 */
export type ReadBatch = (rows: Int32Array, into?: Batch) => Promise<Batch>;

export interface LoaderOptions {
  readonly nStimuli: number;
  readonly batchSize: number;
  /** The rows of an epoch, each once, e.g. by {@link epochOrder}; absent: stimuli in their own order. */
  readonly order?: (epoch: number) => Int32Array;
  /** What becomes of stimuli that do not fill a batch; a graph with a fixed batch size needs them dropped. Default: `drop`. */
  readonly lastBatch?: 'drop' | 'keep';
  /** Batches that are read while one is learnt from. Default: 2. */
  readonly ahead?: number;
  readonly signal?: AbortSignal;
}

/**
 * Stream batches to {@link train}: any epoch, from any batch on, always the same ones.
 *
 * @throws {UsageError} `STRIATE_INVALID_TRAINING_OPTION`.
 * @throws {CapabilityError} `STRIATE_ABORTED` from the stream, when the signal says so; and whatever `read` throws.
 * @remarks Memory: `ahead + 1` batches, whose buffers are used over and over.
 */
export function loadBatches(read: ReadBatch, options: LoaderOptions): TrainingData {
  requireOptions(options);
  const { nStimuli, batchSize, lastBatch = 'drop', ahead = 2, signal } = options;
  const { order = () => epochOrder(nStimuli, undefined, 0) } = options;
  const nBatches = lastBatch === 'drop' ? Math.floor(nStimuli / batchSize) : Math.ceil(nStimuli / batchSize);
  return {
    nBatches,
    batchSize,
    async *batches(epoch, start) {
      const chosen = order(epoch);
      const spent: Batch[] = [];
      const begin = (i: number) => {
        const rows = chosen.slice((start + i) * batchSize, (start + i + 1) * batchSize);
        return unlessAborted(read(rows, rows.length === batchSize ? spent.pop() : undefined), signal);
      };
      for await (const batch of lookAhead(nBatches - start, ahead, begin)) {
        yield batch;
        spent.push(batch);
      }
    },
  };
}

/** Settles as the promise does, or fails at once when the signal comes. */
function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(aborted('Loading'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function requireOptions({ nStimuli, batchSize, ahead = 2, lastBatch = 'drop' }: LoaderOptions): void {
  const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least;
  if (!isCount(batchSize, 1) || (lastBatch === 'drop' && batchSize > nStimuli))
    throw invalidTrainingOption({
      option: 'batchSize',
      value: batchSize,
      expected: `a positive integer, and at most the ${nStimuli} stimuli where the last batch is dropped`,
    });
  if (!isCount(ahead, 0))
    throw invalidTrainingOption({
      option: 'ahead',
      value: ahead,
      expected: 'an integer that is not negative',
    });
}
