// Fitted groups as arrays, for the store.

import type { LinearAlgebra } from '@striate/compute';
import { labelled, type ReadoutState } from '@striate/contracts';
import { toWeights, type DualsOfGroup, type WeightsOfGroup } from './fitted.js';

/** Arrays of fitted groups; duals become weights, since their training features are not stored with them. */
export async function writeGroups(
  algebra: LinearAlgebra,
  groups: readonly (WeightsOfGroup | DualsOfGroup)[],
): Promise<ReadoutState['arrays']> {
  const arrays: Record<string, ReadoutState['arrays'][string]> = {};
  for (const [i, group] of groups.entries()) {
    const { voxels, weights, intercepts } = 'weights' in group ? group : await toWeights(algebra, group);
    arrays[`voxels${i}`] = labelled(['voxel'], [voxels.length], Float64Array.from(voxels));
    arrays[`weights${i}`] = labelled(['feature', 'voxel'], [weights.rows, weights.columns], weights.data);
    arrays[`intercepts${i}`] = labelled(['voxel'], [voxels.length], intercepts);
  }
  return arrays;
}

export function readGroups(arrays: ReadoutState['arrays'], nGroups: number): WeightsOfGroup[] {
  return Array.from({ length: nGroups }, (_, i) => {
    const { shape, data } = arrays[`weights${i}`];
    return {
      voxels: Int32Array.from(arrays[`voxels${i}`].data),
      weights: { rows: shape[0], columns: shape[1], data },
      intercepts: Float64Array.from(arrays[`intercepts${i}`].data),
    };
  });
}

/** What is known of every voxel, as arrays. */
export function writePerVoxel(perVoxel: Readonly<Record<string, Float64Array>>): ReadoutState['arrays'] {
  const entries = Object.entries(perVoxel);
  return Object.fromEntries(
    entries.map(([name, values]) => [`voxel:${name}`, labelled(['voxel'], [values.length], values)]),
  );
}

export function readPerVoxel(arrays: ReadoutState['arrays']): Record<string, Float64Array> {
  const entries = Object.entries(arrays).filter(([name]) => name.startsWith('voxel:'));
  return Object.fromEntries(
    entries.map(([name, { data }]) => [name.slice('voxel:'.length), Float64Array.from(data)]),
  );
}
