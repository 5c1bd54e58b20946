// The proof of an export: the file, run on image files, predicts what the pipeline predicts.

import { decodeRgb } from '@striate/backend-onnx';
import { openSession } from '@striate/compute';
import { brokenPromise } from '@striate/contracts';
import type { WholeFit } from '@striate/core';
import { IMAGE, PREDICTIONS } from './encoding-model.js';

/** As a share of the largest prediction: float32 in another order of summation. */
export const TOLERANCE = 1e-4;
const N_IMAGES = 3;

/**
 * Run an exported model on the first images that it was fitted on.
 *
 * @param bytes The file.
 * @returns The largest difference from the pipeline, as a share of the largest prediction, and how many images.
 * @throws {PluginContractError} `STRIATE_BROKEN_PROMISE` if it is above {@link TOLERANCE}, or a prediction is defined on
 *   one side only.
 */
export async function verifyExport(bytes: Uint8Array, whole: WholeFit) {
  const positions = whole.subject.seen.slice(0, N_IMAGES);
  const expected = Float64Array.from((await whole.predict(positions)).data);
  const nVoxels = whole.subject.voxelIds.length;
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 0) || 1;
  const session = await openSession(bytes, { name: 'the exported model' });
  let difference = 0;
  try {
    for (const [i, position] of positions.entries()) {
      const image = await decodeRgb(await whole.comparison.stimuli[position].image!.readBytes());
      const shape = [image.height, image.width, 3];
      const result = await session.run({ [IMAGE]: { dtype: 'uint8', shape, data: image.data } });
      const predicted = result[PREDICTIONS].data as Float32Array;
      for (let voxel = 0; voxel < nVoxels; voxel++)
        difference = Math.max(difference, apart(predicted[voxel], expected[i * nVoxels + voxel]) / scale);
    }
  } finally {
    await session.dispose();
  }
  if (difference <= TOLERANCE) return { difference, nImages: positions.length };
  const detail = `the exported file predicts otherwise than the pipeline, by ${difference.toExponential(1)} of the largest prediction`;
  const [model, readout] = [whole.model.name, whole.readout.name];
  throw brokenPromise({
    ...{ plugin: `${model} with ${readout}`, law: 'export/same-predictions', detail },
    hint: `Nothing was written. Tell the authors of the backend of model "${model}" and of readout "${readout}": one of their graphs is not what they compute.`,
  });
}

/** NaN on both sides is the same; on one side only it is as far as can be. */
function apart(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  return Math.abs(a - b);
}
