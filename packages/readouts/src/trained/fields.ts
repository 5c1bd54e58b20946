// Where each voxel looks, over the images of the validation set.

import { openFields } from './network.js';
import { EVALUATION_BATCH, type TrainedNetwork } from './fit.js';

/**
 * Summarise the fields of all voxels.
 *
 * @returns Per voxel: `fieldX`, `fieldY`, `fieldSize` (means over images) in half widths and heights of the map from its
 *   middle, x to the right and y down; `fieldShift`, the root mean square distance of the centre from its mean (0 for
 *   fields that stay). Nothing for a readout without places. NaN where the field has no weight.
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
  const [n, x, y, squares, size] = Array.from({ length: 5 }, () => new Float64Array(nVoxels));
  try {
    for (const [run, weights] of runs.entries()) {
      await evaluator.run(validating.inputs, validating.rows, weights, (rows, fields) => {
        const nImages = fields['x'].length === nVoxels ? 1 : rows.length; // the same for all images, or one for each
        for (let i = 0; i < nImages * nVoxels; i++) {
          const voxel = i % nVoxels;
          if (chosen[voxel] !== run) continue;
          n[voxel]++;
          x[voxel] += fields['x'][i];
          y[voxel] += fields['y'][i];
          squares[voxel] += fields['x'][i] ** 2 + fields['y'][i] ** 2;
          size[voxel] += fields['size'][i];
        }
      });
    }
  } finally {
    await evaluator.dispose();
  }
  const overImages = (sums: Float64Array) => sums.map((sum, voxel) => sum / n[voxel]);
  const [fieldX, fieldY] = [overImages(x), overImages(y)];
  const fieldShift = overImages(squares).map((square, voxel) =>
    Math.sqrt(Math.max(0, square - fieldX[voxel] ** 2 - fieldY[voxel] ** 2)),
  );
  return { fieldX, fieldY, fieldSize: overImages(size), fieldShift };
}
