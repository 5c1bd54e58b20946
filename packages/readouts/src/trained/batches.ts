// Batches for training: stimuli in an order of their own for each epoch, responses as z-scores with their mask.

import { tensor, type Batch, type Tensor, type TrainingData } from '@striate/compute';
import { rowLength } from '@striate/contracts';
import { randomFrom, shuffled } from './random.js';
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
}

/** Stream batches; the buffers are the same for all. Stimuli that do not fill a batch wait for the next epoch's order. */
export function streamBatches(samples: Samples, plan: BatchPlan): TrainingData {
  const { batchSize, seed, shapes } = plan;
  const { inputs, responses, rows } = samples;
  const nBatches = Math.floor(rows.length / batchSize);
  const nVoxels = responses.voxelIds.length;
  const map = new Float32Array(batchSize * rowLength(inputs.features));
  const descriptor = inputs.descriptor && new Float32Array(batchSize * rowLength(inputs.descriptor));
  const target = new Float32Array(batchSize * nVoxels);
  const mask = new Uint8Array(batchSize * nVoxels);
  return {
    nBatches,
    batchSize,
    async *batches(epoch, start) {
      const order = shuffled(rows.length, epochSeed(seed, epoch)).map((place) => rows[place]);
      for (let batch = start; batch < nBatches; batch++) {
        const chosen = order.subarray(batch * batchSize, (batch + 1) * batchSize);
        const tensors: Record<string, Tensor> = {
          map: tensor('float32', shapes.map, await readFinite(inputs.features, chosen, map)),
          target: tensor('float32', [batchSize, nVoxels], target),
          mask: { dtype: 'bool', shape: [batchSize, nVoxels], data: mask },
        };
        writeTargets(samples, chosen, plan.scale, { target, mask });
        if (shapes.descriptor)
          tensors['descriptor'] = tensor(
            'float32',
            shapes.descriptor,
            await readFinite(inputs.descriptor!, chosen, descriptor!),
          );
        if (shapes.noise)
          tensors['noise'] = randomFrom(epochSeed(seed + 1, epoch * nBatches + batch)).normal(
            shapes.noise,
            1,
          );
        yield tensors satisfies Batch;
      }
    },
  };
}

/** Neighbouring seeds and epochs start far apart. */
function epochSeed(seed: number, epoch: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b)) | 0;
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
