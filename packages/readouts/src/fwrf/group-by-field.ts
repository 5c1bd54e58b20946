import type { Field } from './fields.js';
import type { FittedFields } from './fitted.js';

/** Voxels that look through the same field; those that were not fitted look through none. */
export function groupByField({ perVoxel, intercepts }: FittedFields): { field: Field; voxels: number[] }[] {
  const { fieldX, fieldY, fieldSize } = perVoxel;
  const groups = new Map<string, { field: Field; voxels: number[] }>();
  intercepts.forEach((intercept, voxel) => {
    if (Number.isNaN(intercept)) return;
    const field = { x: fieldX[voxel] / 2, y: fieldY[voxel] / 2, size: fieldSize[voxel] / 2 };
    const key = `${field.x} ${field.y} ${field.size}`;
    const group = groups.get(key);
    if (group) group.voxels.push(voxel);
    else groups.set(key, { field, voxels: [voxel] });
  });
  return [...groups.values()];
}
