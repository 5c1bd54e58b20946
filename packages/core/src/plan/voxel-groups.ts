// Which voxels a readout learns together, if they are not independent of each other.

import type { DescribedSubject } from './description.js';

/**
 * Voxels of the same regions are one group: as in the paper, regions are modelled separately.
 *
 * @returns Positions in `voxelIds`, group by group; each voxel once. A voxel of two regions is in a group of such voxels.
 */
export function voxelGroups({ voxelIds, regions }: DescribedSubject): number[][] {
  const memberships = voxelIds.map((): string[] => []);
  for (const [region, voxels] of regions) for (const voxel of voxels) memberships[voxel].push(region);
  const groups = new Map<string, number[]>();
  memberships.forEach((names, voxel) => {
    const key = JSON.stringify(names);
    const group = groups.get(key);
    if (group) group.push(voxel);
    else groups.set(key, [voxel]);
  });
  return [...groups.values()];
}
