// Responses as tasks want them: a subject's chosen voxels, rows found by stimulus id. One subject is in memory at a
// time, since plans go subject by subject.

import {
  averageRepetitions,
  type MeanResponses,
  type OpenDataset,
  type RepeatedResponses,
} from '@striate/contracts';
import type { SelectedSubject } from './subjects.js';

export interface ResponseReader {
  /** Averaged over repetitions; rows in the order of `stimulusIds`. */
  mean(subject: SelectedSubject, stimulusIds: readonly string[]): Promise<MeanResponses>;
  /** Single repetitions; rows in the order of `stimulusIds`. */
  repeated(subject: SelectedSubject, stimulusIds: readonly string[]): Promise<RepeatedResponses>;
}

export function createResponseReader(dataset: OpenDataset): ResponseReader {
  let current: { subject: string; repeated: RepeatedResponses; mean?: MeanResponses } | undefined;
  const load = async (subject: string) => {
    if (current?.subject !== subject) current = { subject, repeated: await dataset.loadResponses(subject) };
    return current;
  };
  return {
    async mean(subject, stimulusIds) {
      const loaded = await load(subject.subject);
      loaded.mean ??= averageRepetitions(loaded.repeated);
      return selectMean(loaded.mean, stimulusIds, subject.voxelPositions);
    },
    async repeated(subject, stimulusIds) {
      const { repeated } = await load(subject.subject);
      return selectRepeated(repeated, stimulusIds, subject.voxelPositions);
    },
  };
}

/** Rows by stimulus id and columns by position of averaged responses. */
export function selectMean(
  responses: MeanResponses,
  stimulusIds: readonly string[],
  voxels: ArrayLike<number>,
): MeanResponses {
  const [, nVoxels] = responses.values.shape;
  const rows = rowsOf(responses.stimulusIds, stimulusIds);
  const data = gather(
    responses.values.data,
    [0],
    rows,
    voxels,
    nVoxels,
    new Float64Array(rows.length * voxels.length),
  );
  const observed =
    responses.observed &&
    gather(responses.observed, [0], rows, voxels, nVoxels, new Uint8Array(rows.length * voxels.length));
  return {
    stimulusIds: [...stimulusIds],
    voxelIds: Array.from(voxels, (voxel) => responses.voxelIds[voxel]),
    values: { ...responses.values, shape: [rows.length, voxels.length], data },
    ...(observed ? { observed } : {}),
  };
}

function selectRepeated(
  responses: RepeatedResponses,
  stimulusIds: readonly string[],
  voxels: ArrayLike<number>,
): RepeatedResponses {
  const [nRepetitions, nStimuli, nVoxels] = responses.values.shape;
  const rows = rowsOf(responses.stimulusIds, stimulusIds);
  const offsets = Array.from({ length: nRepetitions }, (_, repetition) => repetition * nStimuli * nVoxels);
  const size = nRepetitions * rows.length * voxels.length;
  const data = gather(responses.values.data, offsets, rows, voxels, nVoxels, new Float64Array(size));
  const observed =
    responses.observed && gather(responses.observed, offsets, rows, voxels, nVoxels, new Uint8Array(size));
  return {
    stimulusIds: [...stimulusIds],
    voxelIds: Array.from(voxels, (voxel) => responses.voxelIds[voxel]),
    values: { ...responses.values, shape: [nRepetitions, rows.length, voxels.length], data },
    ...(observed ? { observed } : {}),
  };
}

function rowsOf(stimulusIds: readonly string[], wanted: readonly string[]): number[] {
  const positions = new Map(stimulusIds.map((id, position) => [id, position]));
  return wanted.map((id) => positions.get(id)!);
}

function gather<Data extends Float64Array | Uint8Array>(
  source: ArrayLike<number>,
  offsets: readonly number[],
  rows: readonly number[],
  voxels: ArrayLike<number>,
  nVoxels: number,
  into: Data,
): Data {
  let at = 0;
  for (const offset of offsets) {
    for (const row of rows) {
      const start = offset + row * nVoxels;
      for (let i = 0; i < voxels.length; i++) into[at++] = source[start + voxels[i]];
    }
  }
  return into;
}
