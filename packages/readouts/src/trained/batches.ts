// Batches for training: stimuli in an order of their own for each epoch, responses as z-scores with their mask.

import {
  type Batch,
  loadBatches,
  randomFrom,
  type ReadBatch,
  tensor,
  type TrainingData,
} from '@striate/compute';
import { rowLength } from '@striate/contracts';
import { shuffled } from './shuffle.js';
import { readFinite, type Samples } from './samples.js';
import type { ResponseScale } from './scale.js';

export interface BatchPlan {
  readonly batchSize: number;
  readonly seed: number;
  readonly scale: ResponseScale;
  /** Shapes of the graph's inputs of one batch. */
  readonly shapes: {
    readonly map: readonly number[];
    readonly descriptor?: readonly number[];
    readonly noise?: readonly number[];
  };
  readonly signal?: AbortSignal;
}

/** Stream batches, read ahead of training. Stimuli that do not fill a batch wait for the next epoch's order. */
export function streamBatches(samples: Samples, plan: BatchPlan): TrainingData {
  const { batchSize, seed, shapes, signal } = plan;
  const { rows } = samples;
  const order = (epoch: number) => shuffled(rows.length, mixed(seed, epoch)).map((place) => rows[place]);
  const options = { nStimuli: rows.length, batchSize, order, ...(signal ? { signal } : {}) };
  const data = loadBatches(readerOf(samples, plan), options);
  return shapes.noise ? withNoise(data, shapes.noise, seed + 1) : data;
}

/** Fills a batch that nobody needs any more, or a new one. */
function readerOf(samples: Samples, { batchSize, scale, shapes }: BatchPlan): ReadBatch {
  const { inputs } = samples;
  return async (rows, batch = emptyBatch(samples, { batchSize, shapes })) => {
    const numbers = (name: string) => batch[name].data as Float32Array;
    const mask = batch['mask'].data as Uint8Array;
    writeTargets(samples, rows, scale, { target: numbers('target'), mask });
    await readFinite(inputs.features, rows, numbers('map'));
    if (shapes.descriptor) await readFinite(inputs.descriptor!, rows, numbers('descriptor'));
    return batch;
  };
}

function emptyBatch(
  { inputs, responses }: Samples,
  { batchSize, shapes }: Pick<BatchPlan, 'batchSize' | 'shapes'>,
): Batch {
  const floats = (shape: readonly number[], perRow: number) =>
    tensor('float32', shape, new Float32Array(batchSize * perRow));
  const nVoxels = responses.voxelIds.length;
  return {
    map: floats(shapes.map, rowLength(inputs.features)),
    target: floats([batchSize, nVoxels], nVoxels),
    mask: tensor('bool', [batchSize, nVoxels], new Uint8Array(batchSize * nVoxels)),
    ...(shapes.descriptor && { descriptor: floats(shapes.descriptor, rowLength(inputs.descriptor!)) }),
  };
}

/** Fresh standard normal numbers beside each batch. */
function withNoise(data: TrainingData, shape: readonly number[], seed: number): TrainingData {
  return {
    ...data,
    async *batches(epoch, start) {
      let step = epoch * data.nBatches + start;
      for await (const batch of data.batches(epoch, start)) {
        yield { ...batch, noise: randomFrom(mixed(seed, step)).normal(shape, 1) };
        step++;
      }
    },
  };
}

/** A seed of a seed and a count; neighbouring ones start far apart. */
function mixed(seed: number, count: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(count + 1, 0x85ebca6b)) | 0;
}

/** z-scores of measured responses, 0 elsewhere and for voxels that do not vary. */
function writeTargets(
  { responses }: Samples,
  rows: Int32Array,
  { mean, deviation }: ResponseScale,
  into: { target: Float32Array; mask: Uint8Array },
): void {
  const { values, observed } = responses;
  const nVoxels = mean.length;
  let at = 0;
  for (const row of rows) {
    for (let voxel = 0, i = row * nVoxels; voxel < nVoxels; voxel++, i++, at++) {
      const isMeasured = !observed || observed[i] === 1;
      into.mask[at] = Number(isMeasured);
      into.target[at] =
        isMeasured && deviation[voxel] > 0 ? (values.data[i] - mean[voxel]) / deviation[voxel] : 0;
    }
  }
}
