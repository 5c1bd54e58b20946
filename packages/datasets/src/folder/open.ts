// Opening a folder dataset: all tables are read, all ids joined, all files hashed; no response is read.

import { basename, join } from 'node:path';
import { existsSync } from 'node:fs';
import {
  aborted,
  fileMissing,
  regionEmpty,
  unknownSubject,
  unsupported,
  type OpenDataset,
  type Voxel,
} from '@striate/contracts';
import { readDescription, type Description } from './description.js';
import { describeRdms, readRdms, type RdmFolder } from './rdms.js';
import { describeResponses, readResponses, type SubjectResponses } from './responses.js';
import { readSplit } from './split.js';
import { readStimuli } from './stimuli.js';
import { readVoxels } from './voxels.js';

/**
 * Open a dataset that is laid out as `docs/folder-dataset.md` says.
 *
 * @param folder Absolute, or relative to the working directory.
 * @param signal Stops the hashing of files.
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_TABLE_MALFORMED`, `STRIATE_DUPLICATE_STIMULUS`, `STRIATE_IDS_DIFFER`,
 *   `STRIATE_SHAPE_MISMATCH`, `STRIATE_SPLIT_INVALID`, `STRIATE_REGION_EMPTY`, `STRIATE_NPY_MALFORMED`, `STRIATE_NPY_DTYPE`,
 *   `STRIATE_AMBIGUOUS_FILES`, each with file, line or ids.
 * @throws {CapabilityError} `STRIATE_ABORTED`.
 */
export async function openFolder(folder: string, signal?: AbortSignal): Promise<OpenDataset> {
  if (!existsSync(folder)) throw fileMissing({ path: folder, what: 'The folder of the dataset' });
  const description = await readDescription(folder);
  const voxels = await readVoxels(folder);
  const stimuli = await readStimuli(folder, signal);
  const known = new Set(stimuli.map((stimulus) => stimulus.id));
  const rdms = await describeRdms(folder, known);
  if (voxels.length === 0 && !rdms) {
    throw fileMissing({
      path: join(folder, 'voxels.csv'),
      what: 'The table of voxels (and there are no RDMs either)',
    });
  }
  const responses = await describeAllResponses(folder, voxels, known, description, signal);
  const split = await readSplit(folder, known);
  return {
    name: description.name,
    recordingKind: description.recordingKind,
    ...(description.citation === undefined ? {} : { citation: description.citation }),
    stimuli,
    subjects: voxels.length > 0 ? [...responses.keys()] : rdms!.subjects,
    voxels,
    regions: orderRegions(description, voxels, rdms),
    ...(split ? { split } : {}),
    ...responseMembers(basename(folder), responses),
    ...(rdms ? rdmMembers(rdms) : {}),
  };
}

/** By subject, in the order of the table of voxels. */
async function describeAllResponses(
  folder: string,
  voxels: readonly Voxel[],
  knownStimuli: ReadonlySet<string>,
  description: Description,
  signal?: AbortSignal,
): Promise<Map<string, SubjectResponses>> {
  const voxelIds = voxelIdsBySubject(voxels);
  const responses = new Map<string, SubjectResponses>();
  for (const [subject, ids] of voxelIds) {
    if (signal?.aborted) throw aborted('Opening the dataset');
    const isOnlySubject = voxelIds.size === 1;
    const request = { folder, subject, isOnlySubject, voxelIds: ids, knownStimuli, description };
    responses.set(subject, await describeResponses(request));
  }
  return responses;
}

function voxelIdsBySubject(voxels: readonly Voxel[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { subject, id } of voxels) {
    const own = ids.get(subject);
    if (own) own.push(id);
    else ids.set(subject, [id]);
  }
  return ids;
}

/** Those that the description lists, then the others as they come. */
function orderRegions(
  { regions = [] }: Description,
  voxels: readonly Voxel[],
  rdms: RdmFolder | undefined,
): string[] {
  const present = new Set([...voxels.flatMap((voxel) => voxel.regions), ...(rdms?.files.keys() ?? [])]);
  const absent = regions.find((region) => !present.has(region));
  if (absent !== undefined)
    throw regionEmpty({ region: absent, source: 'dataset.json', known: [...present] });
  return [...new Set([...regions, ...present])];
}

type ResponseMembers = Pick<OpenDataset, 'stimuliSeen' | 'responsesFingerprint' | 'loadResponses'>;

function responseMembers(name: string, responses: ReadonlyMap<string, SubjectResponses>): ResponseMembers {
  const of = (subject: string) => {
    const found = responses.get(subject);
    if (found) return found;
    if (responses.size > 0) throw unknownSubject({ subject, known: [...responses.keys()] });
    const hint = 'Compare by RDMs, or add voxels.csv and responses to the folder.';
    throw unsupported({ who: `The dataset "${name}"`, what: 'give responses; it has RDMs only', hint });
  };
  return {
    stimuliSeen: async (subject) => (responses.size > 0 ? of(subject).stimulusIds : []),
    responsesFingerprint: (subject) => of(subject).fingerprint,
    loadResponses: async (subject) => readResponses(of(subject)),
  };
}

function rdmMembers(rdms: RdmFolder): Required<Pick<OpenDataset, 'rdmsFingerprint' | 'loadRdms'>> {
  const requireRegion = (region: string) => {
    const file = rdms.files.get(region);
    if (!file) throw regionEmpty({ region, source: 'the comparison', known: [...rdms.files.keys()] });
    return file;
  };
  return {
    rdmsFingerprint: (region) => requireRegion(region).fingerprint,
    loadRdms: async (region) => {
      requireRegion(region);
      return readRdms(rdms, region);
    },
  };
}
