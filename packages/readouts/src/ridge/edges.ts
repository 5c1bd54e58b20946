import type { Warning } from '@striate/contracts';

/** Say how many voxels chose a penalty at either end of the grid. */
export function warnOfEdges(chosen: Float64Array, alphas: readonly number[]): Warning[] {
  if (alphas.length < 2) return [];
  const [lowest, highest] = [alphas[0], alphas[alphas.length - 1]];
  const count = chosen.reduce((sum, alpha) => sum + Number(alpha === lowest || alpha === highest), 0);
  if (count === 0) return [];
  const message =
    'The chosen penalty of some voxels is the smallest or the largest of the grid; a wider grid may fit them better. ' +
    'At the largest it may also mean that the features say nothing about the voxel.';
  return [{ code: 'alpha-at-edge', message, count, total: chosen.length }];
}
