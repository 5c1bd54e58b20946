// Fitting a readout to a subject's voxels: all at once where they are independent, else group by group.

import type { FitRequest, FittedReadout, MeanResponses, ReadoutInputs } from '@striate/contracts';
import { voxelGroups } from '../plan/voxel-groups.js';
import type { ChosenReadout } from './parts.js';
import { selectMean } from './responses.js';
import type { SelectedSubject } from './subjects.js';

export interface FitData {
  readonly inputs: ReadoutInputs;
  readonly responses: MeanResponses;
}

export interface FittedGroup {
  /** Positions of the voxels among the subject's. */
  readonly voxels: readonly number[];
  readonly fitted: FittedReadout;
}

/** Fit the groups one after the other, so that only one of them need be in memory. */
export async function* fitGroups(
  { part, options }: ChosenReadout,
  subject: SelectedSubject,
  data: { readonly training: FitData; readonly validation: FitData | undefined },
  { onProgress, ...common }: Pick<FitRequest, 'core' | 'seed' | 'signal' | 'onProgress'>,
): AsyncGenerator<FittedGroup> {
  const groups = part.isVoxelIndependent ? [subject.voxelIds.map((_, voxel) => voxel)] : voxelGroups(subject);
  for (const [i, voxels] of groups.entries()) {
    const fitted = await part.doFit(
      {
        ...common,
        ...pickVoxels(data.training, voxels),
        ...(data.validation ? { validation: pickVoxels(data.validation, voxels) } : {}),
        ...pickCoordinates(subject, voxels),
        onProgress: (fraction) => onProgress?.((i + fraction) / groups.length),
      },
      options,
    );
    yield { voxels, fitted };
  }
}

function pickCoordinates({ coordinates }: SelectedSubject, voxels: readonly number[]) {
  if (!coordinates) return {};
  return {
    coordinates: Float64Array.from(voxels.flatMap((v) => [...coordinates.subarray(3 * v, 3 * v + 3)])),
  };
}

/** All voxels are the responses as they are; nothing is copied. */
function pickVoxels({ inputs, responses }: FitData, voxels: readonly number[]): FitData {
  if (voxels.length === responses.voxelIds.length) return { inputs, responses };
  return { inputs, responses: selectMean(responses, responses.stimulusIds, voxels) };
}
