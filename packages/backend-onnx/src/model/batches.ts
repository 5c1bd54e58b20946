// Batches of prepared images: always the same size, so that a stimulus meets the same arithmetic in whatever company.

import { StriateError, aborted, imageUndecodable, stimulusLacks, type Stimulus } from '@striate/contracts';
import { decodeRgb } from '../images/decode.js';
import { countPixelValues, pixelWriter } from '../preprocessing/pixels.js';
import type { Network } from './network.js';

export interface PreparedBatch {
  /** Position of its first stimulus. */
  readonly start: number;
  /** Stimuli in it; the places behind them repeat the last one. */
  readonly count: number;
  /** [batchSize, ...pixels]. */
  readonly pixels: Float32Array;
}

/**
 * Prepare stimuli batch by batch. The next batch is being decoded while the caller works on this one, in a second
 * buffer: a batch may be used until the next is asked for.
 *
 * @throws {DataError} `STRIATE_STIMULUS_LACKS`; `STRIATE_IMAGE_UNDECODABLE`, naming the stimulus.
 */
export async function* prepareBatches(
  stimuli: readonly Stimulus[],
  { id: model, preprocessing, batchSize }: Pick<Network, 'id' | 'preprocessing' | 'batchSize'>,
): AsyncGenerator<PreparedBatch> {
  const length = countPixelValues(preprocessing);
  const write = pixelWriter(preprocessing);
  const buffers = [new Float32Array(batchSize * length), new Float32Array(batchSize * length)];

  async function prepare(start: number): Promise<PreparedBatch> {
    const pixels = buffers[(start / batchSize) % 2];
    const batch = stimuli.slice(start, start + batchSize);
    await Promise.all(
      batch.map(async (stimulus, i) => write(await decodeImage(stimulus, model), pixels, i * length)),
    );
    for (let i = batch.length; i < batchSize; i++)
      pixels.copyWithin(i * length, (batch.length - 1) * length, batch.length * length);
    return { start, count: batch.length, pixels };
  }

  let upcoming = stimuli.length > 0 ? prepare(0) : undefined;
  for (let next = batchSize; upcoming; next += batchSize) {
    const batch: PreparedBatch = await upcoming;
    upcoming = next < stimuli.length ? prepare(next) : undefined;
    upcoming?.catch(() => undefined); // told when it is its turn; nobody may be waiting any more
    yield batch;
  }
}

/** Make the check that stands before each batch: the model is open, and nobody has called for a stop. */
export function goingAssertion(
  model: string,
  assertUsable: () => void,
  signal: AbortSignal | undefined,
): () => void {
  return () => {
    assertUsable();
    if (signal?.aborted) throw aborted(`Extraction from model "${model}"`);
  };
}

/** Check that every stimulus has an image, without reading any. */
export function assertImages(stimuli: readonly Stimulus[], model: string): void {
  const without = stimuli.find((stimulus) => !stimulus.image);
  if (without) throw stimulusLacks({ stimulus: without.id, what: 'image', model });
}

async function decodeImage(stimulus: Stimulus, model: string) {
  const { id, image } = stimulus;
  if (!image) throw stimulusLacks({ stimulus: id, what: 'image', model });
  try {
    return await decodeRgb(await image.readBytes());
  } catch (cause) {
    if (StriateError.isInstance(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw imageUndecodable({ stimulus: id, location: image.location, reason, cause });
  }
}
