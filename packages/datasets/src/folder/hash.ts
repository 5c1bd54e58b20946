// Hashes of files, read as streams: the memory does not depend on their size.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { aborted } from '@striate/contracts';

/** Open files at a time; more gain nothing, and the system permits only so many. */
const PARALLEL_FILES = 16;

/** SHA-256 of a file's bytes, hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** SHA-256 of values that JSON can write, hex. */
export function hashValues(...values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/**
 * Do something for each item, a few at a time; results in the order of the items.
 *
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      if (signal?.aborted) throw aborted('Opening the dataset');
      const position = next++;
      results[position] = await work(items[position]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_FILES, items.length) }, worker));
  return results;
}
