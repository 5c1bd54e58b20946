// What was measured: voxels that saw the same stimuli are one system of equations and are fitted together.

import { nonFinite, type MeanResponses, type Warning } from '@striate/contracts';

export interface VoxelGroup {
  /** Positions of the voxels. */
  readonly voxels: Int32Array;
  /** Rows of the stimuli that they saw; at least one. */
  readonly rows: Int32Array;
}

/** Voxels with the same measured stimuli, and those stimuli's rows. A voxel that was never measured is in no group. */
export function groupByMeasured({ values, observed }: MeanResponses): VoxelGroup[] {
  const [nStimuli, nVoxels] = values.shape;
  const everyRow = Int32Array.from({ length: nStimuli }, (_, row) => row);
  if (!observed)
    return [{ voxels: Int32Array.from({ length: nVoxels }, (_, voxel) => voxel), rows: everyRow }];
  const groups = new Map<string, number[]>();
  for (let voxel = 0; voxel < nVoxels; voxel++) {
    const pattern = everyRow.map((row) => observed[row * nVoxels + voxel]).join('');
    const group = groups.get(pattern);
    if (group) group.push(voxel);
    else groups.set(pattern, [voxel]);
  }
  return [...groups.values()]
    .map((voxels) => ({
      voxels: Int32Array.from(voxels),
      rows: everyRow.filter((row) => observed[row * nVoxels + voxels[0]]),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** Do something for each group in turn; progress is that of all voxels together. */
export async function forEachGroup(
  groups: readonly VoxelGroup[],
  onProgress: ((fraction: number) => void) | undefined,
  act: (group: VoxelGroup, onProgress: (fraction: number) => void) => Promise<void>,
): Promise<void> {
  const total = groups.reduce((sum, { voxels }) => sum + voxels.length, 0);
  let done = 0;
  for (const group of groups) {
    const before = done;
    await act(group, (fraction) => onProgress?.((before + fraction * group.voxels.length) / total));
    done += group.voxels.length;
  }
}

/**
 * Stop at a measured response that is no number.
 *
 * @throws {DataError} `STRIATE_NON_FINITE`, naming stimulus and voxel.
 */
export function requireMeasuredFinite(
  { values, observed, stimulusIds, voxelIds }: MeanResponses,
  readout: string,
): void {
  const isBad = (value: number, i: number) => !Number.isFinite(value) && (!observed || observed[i] === 1);
  const first = values.data.findIndex(isBad as never);
  if (first < 0) return;
  let count = 0;
  values.data.forEach((value, i) => (count += Number(isBad(value, i))));
  const where = `stimulus "${stimulusIds[Math.floor(first / voxelIds.length)]}", voxel "${voxelIds[first % voxelIds.length]}"`;
  throw nonFinite({ what: `Responses for ${readout}`, count, total: values.data.length, first: where });
}

/** Voxels without any measurement are predicted as NaN, and said. */
export function warnOfUnmeasured(groups: readonly VoxelGroup[], nVoxels: number): Warning[] {
  const count = nVoxels - groups.reduce((sum, { voxels }) => sum + voxels.length, 0);
  if (count === 0) return [];
  const message = 'Some voxels were measured with none of the training stimuli; they are predicted as NaN.';
  return [{ code: 'voxel-not-measured', message, count, total: nVoxels }];
}
