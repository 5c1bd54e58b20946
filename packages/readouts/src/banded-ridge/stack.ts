import { zeros } from '@striate/compute';
import type { WeightsOfGroup } from '../ridge/fitted.js';

/**
 * Feature spaces one below the other, as one ridge on all features.
 *
 * @param bands     Per feature space, one entry per group of voxels; groups are the same in all.
 * @param constants Of all voxels.
 */
export function stackBands(
  bands: readonly (readonly WeightsOfGroup[])[],
  constants: Float64Array,
): WeightsOfGroup[] {
  return bands[0].map(({ voxels }, group) => {
    const parts = bands.map((groups) => groups[group]);
    const nFeatures = parts.reduce((sum, { weights }) => sum + weights.rows, 0);
    const weights = zeros(nFeatures, voxels.length, 'float32');
    const intercepts = Float64Array.from(voxels, (voxel) => constants[voxel]);
    let at = 0;
    for (const part of parts) {
      weights.data.set(part.weights.data, at);
      at += part.weights.data.length;
      part.intercepts.forEach((value, i) => (intercepts[i] += value));
    }
    return { voxels, weights, intercepts };
  });
}
