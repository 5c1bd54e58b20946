// Maps seen through fields, a few fields at a time: [stimulus, channel] for each, never for all at once.

import { matrix, zeros, type LinearAlgebra, type Matrix } from '@striate/compute';
import { aborted, type FeatureRows } from '@striate/contracts';
import { readerOf } from '../ridge/rows.js';
import type { MapShape } from '@striate/contracts';
import { weighPixels, type Field } from './fields.js';

/** Bytes of the maps that are read at a time. */
const MAP_BYTES = 64e6;
/** Bytes of what is pooled at a time, all its fields together. */
const POOLED_BYTES = 512e6;

export interface Pooling {
  readonly algebra: LinearAlgebra;
  readonly features: FeatureRows;
  readonly shape: MapShape;
  readonly signal?: AbortSignal;
}

/**
 * Pool all stimuli through fields, in chunks of fields that fit into memory.
 *
 * @returns Per field, in order: its position, and sum over pixels of weight x map, [stimulus, channel], float32; to be used
 *   before the next is asked for, which may stand in the same memory.
 * @throws {DataError} `STRIATE_NON_FINITE`, naming stimulus and feature.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function* poolFields(
  pooling: Pooling,
  fields: readonly Field[],
): AsyncGenerator<{ readonly position: number; readonly pooled: Matrix }> {
  const [nStimuli, nChannels] = [pooling.features.stimulusIds.length, pooling.shape[0]];
  const perChunk = Math.max(1, Math.floor(POOLED_BYTES / (4 * nStimuli * nChannels)));
  const buffers = fields.slice(0, perChunk).map(() => zeros(nStimuli, nChannels, 'float32'));
  for (let start = 0; start < fields.length; start += perChunk) {
    const chunk = fields.slice(start, start + perChunk);
    await poolChunk(pooling, chunk, buffers);
    for (const i of chunk.keys()) yield { position: start + i, pooled: buffers[i] };
  }
}

async function poolChunk(
  { algebra, features, shape: [channels, height, width], signal }: Pooling,
  fields: readonly Field[],
  into: readonly Matrix[],
): Promise<void> {
  const weights = weighPixels(fields, [height, width]);
  const reader = readerOf(features);
  const nStimuli = features.stimulusIds.length;
  const perBlock = Math.max(1, Math.floor(MAP_BYTES / (4 * reader.nFeatures)));
  for (let start = 0; start < nStimuli; start += perBlock) {
    if (signal?.aborted) throw aborted('Pooling maps for fwrf');
    const rows = Int32Array.from({ length: Math.min(perBlock, nStimuli - start) }, (_, i) => start + i);
    const length = rows.length * channels;
    const maps = matrix(length, height * width, (await reader.read(rows)).data as Float32Array);
    const seen = await algebra.product(weights, maps, { transposeB: true });
    for (const i of fields.keys())
      into[i].data.set(seen.data.subarray(i * length, (i + 1) * length), start * channels);
  }
}
