// Where each voxel looks, over the images of the validation set.

import { openFields } from './network.js';
import { EVALUATION_BATCH, type TrainedNetwork } from './fit.js';

/**
 * Summarise the fields of all voxels.
 *
 * @returns Per voxel: `fieldX`, `fieldY`, `fieldSize` (means over images) in half widths and heights of the map from its
 *   middle, x to the right and y down; `fieldShift`, the root mean square distance of the centre from its mean (0 for
 *   fields that stay); and the means of what else the readout says. Nothing for a readout without places. NaN where the
 *   field has no weight.
 */
export async function describeFields({
  network,
  validating,
  runs,
  chosen,
}: TrainedNetwork): Promise<Readonly<Record<string, Float64Array>>> {
  const evaluator = await openFields(network, EVALUATION_BATCH);
  if (!evaluator) return {};
  const { nVoxels } = network.size;
  const means = runningMeans(nVoxels);
  try {
    for (const [run, weights] of runs.entries()) {
      const isRead = (voxel: number) => chosen[voxel] === run;
      await evaluator.run(validating.inputs, validating.rows, weights, (rows, { x, y, size, ...others }) => {
        const square = Float64Array.from(x, (value, i) => value ** 2 + y[i] ** 2);
        const nImages = x.length === nVoxels ? 1 : rows.length; // the same for all images, or one for each
        means.add({ x, y, size, square, ...others }, nImages, isRead);
      });
    }
  } finally {
    await evaluator.dispose();
  }
  const { x: fieldX, y: fieldY, size: fieldSize, square, ...others } = means.finish();
  const fieldShift = square.map((mean, voxel) =>
    Math.sqrt(Math.max(0, mean - fieldX[voxel] ** 2 - fieldY[voxel] ** 2)),
  );
  return { fieldX, fieldY, fieldSize, fieldShift, ...others };
}

/** Means over images of several quantities of each voxel. */
function runningMeans(nVoxels: number) {
  const sums: Record<string, Float64Array> = {};
  const counts = new Float64Array(nVoxels);
  return {
    /** @param values [image, voxel] each. */
    add(
      values: Readonly<Record<string, ArrayLike<number>>>,
      nImages: number,
      isRead: (voxel: number) => boolean,
    ): void {
      for (let voxel = 0; voxel < nVoxels; voxel++) {
        if (!isRead(voxel)) continue;
        counts[voxel] += nImages;
        for (const [name, of] of Object.entries(values)) {
          const sum = (sums[name] ??= new Float64Array(nVoxels));
          for (let image = 0; image < nImages; image++) sum[voxel] += of[image * nVoxels + voxel];
        }
      }
    },
    finish: () =>
      Object.fromEntries(
        Object.entries(sums).map(([name, sum]) => [name, sum.map((total, voxel) => total / counts[voxel])]),
      ),
  };
}
