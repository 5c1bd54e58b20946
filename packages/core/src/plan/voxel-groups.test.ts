import { voxelGroups } from './voxel-groups.js';

const subject = (nVoxels: number, regions: Record<string, number[]>) => ({
  ...{ subject: 's', responsesFingerprint: '', seen: [] },
  voxelIds: Array.from({ length: nVoxels }, (_, i) => `v${i}`),
  regions: new Map(Object.entries(regions)),
});

describe('voxelGroups', () => {
  it('puts voxels of one region together', () => {
    expect(voxelGroups(subject(4, { V1: [0, 2], V2: [1, 3] }))).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('gives voxels of two regions a group of their own, so that each voxel is learnt once', () => {
    expect(voxelGroups(subject(4, { V1: [0, 1], ventral: [1, 2, 3] }))).toEqual([[0], [1], [2, 3]]);
  });
});
