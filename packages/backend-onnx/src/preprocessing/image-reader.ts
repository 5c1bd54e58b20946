// Images for training, decoded and prepared ahead in worker threads. This module is what a thread opens.

import { readFile } from 'node:fs/promises';
import { openReaders, type ReadBatch, type Readers } from '@striate/compute';
import { readingFailed } from '@striate/contracts';
import { decodeRgb } from '../images/decode.js';
import { countPixelValues, pixelWriter } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

export interface ImageFiles {
  /** One file per stimulus. */
  readonly paths: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** A thread runs what was built. */
const MODULE = new URL('../../dist/preprocessing/image-reader.js', import.meta.url);

/**
 * Open readers of image files in worker threads; `loadBatches` asks them for batches ahead of training.
 *
 * @returns Readers of batches `{ image }`, float32 [batch, 3, height, width], or channels last where preprocessing says so; the
 *   numbers are those that a frozen network with this preprocessing is given.
 * @throws {DataError} `STRIATE_READING_FAILED` with stimuli, file and reason, from `read`.
 */
export function openImageReaders(files: ImageFiles, workers = 1): Promise<Readers> {
  return openReaders({ module: MODULE, options: files, workers });
}

/** What a worker thread calls. */
export function openReader({ paths, preprocessing }: ImageFiles): ReadBatch {
  const write = pixelWriter(preprocessing);
  const length = countPixelValues(preprocessing);
  const shape = preprocessing.layout === 'nchw' ? [3, ...preprocessing.size] : [...preprocessing.size, 3];
  return async (rows, into) => {
    const data = (into?.['image'].data as Float32Array | undefined) ?? new Float32Array(rows.length * length);
    for (const [i, row] of rows.entries()) write(await decodeFile(paths[row]), data, i * length);
    return { image: { dtype: 'float32', shape: [rows.length, ...shape], data } };
  };
}

async function decodeFile(path: string) {
  try {
    return await decodeRgb(await readFile(path));
  } catch (cause) {
    // Errors lose their class between threads; the words go over.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw readingFailed({ what: `The image "${path}"`, reason, cause });
  }
}
