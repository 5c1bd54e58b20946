// Which stimuli, subjects, regions and voxels a comparison is about.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  fileMissing,
  idsDiffer,
  regionEmpty,
  splitInvalid,
  unknownSubject,
  type OpenDataset,
  type Stimulus,
} from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import type { DescribedSubject } from '../plan/description.js';

export interface SelectedSubject extends DescribedSubject {
  /** Positions of the chosen voxels among the subject's voxels. */
  readonly voxelPositions: Int32Array;
}

/**
 * The stimuli that a comparison uses: all of the dataset, or those in the file under `stimuli.include`.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_IDS_DIFFER` for included ids that the dataset does not have.
 */
export async function selectStimuli(
  configuration: Configuration,
  dataset: OpenDataset,
  baseFolder: string,
): Promise<readonly Stimulus[]> {
  const { include } = configuration.stimuli;
  if (include === undefined) return dataset.stimuli;
  const path = resolve(baseFolder, include);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw fileMissing({ path, what: 'The list of stimuli to include', cause });
  });
  const wanted = new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  );
  const known = new Set(dataset.stimuli.map((stimulus) => stimulus.id));
  const onlyLeft = [...wanted].filter((id) => !known.has(id));
  if (onlyLeft.length > 0)
    throw idsDiffer({ left: path, right: `dataset ${dataset.name}`, onlyLeft, onlyRight: [] });
  if (wanted.size === 0) throw splitInvalid({ reason: `"${path}" lists no stimulus` });
  return dataset.stimuli.filter((stimulus) => wanted.has(stimulus.id));
}

/**
 * The regions that a comparison shows, in the dataset's order.
 *
 * @throws {DataError} `STRIATE_REGION_EMPTY` for a region that the dataset does not have.
 */
export function selectRegions(configuration: Configuration, dataset: OpenDataset): readonly string[] {
  if (configuration.regions === 'all') return dataset.regions;
  for (const region of configuration.regions) {
    if (!dataset.regions.includes(region))
      throw regionEmpty({ region, source: '"regions" of the configuration', known: dataset.regions });
  }
  const wanted = new Set(configuration.regions);
  return dataset.regions.filter((region) => wanted.has(region));
}

/**
 * The subjects with their voxels in the chosen regions. Empty for a dataset without responses.
 *
 * @throws {DataError} `STRIATE_UNKNOWN_SUBJECT`, `STRIATE_REGION_EMPTY` for a region without a voxel in any subject.
 */
export async function selectSubjects(
  configuration: Configuration,
  dataset: OpenDataset,
  stimuli: readonly Stimulus[],
  regions: readonly string[],
): Promise<SelectedSubject[]> {
  const subjects = selectSubjectNames(configuration, dataset);
  if (dataset.voxels.length === 0) return [];
  for (const region of regions) {
    const isThere = dataset.voxels.some(
      (voxel) => voxel.regions.includes(region) && subjects.includes(voxel.subject),
    );
    if (!isThere)
      throw regionEmpty({ region, source: 'the choice of subjects and regions', known: dataset.regions });
  }
  const selected: SelectedSubject[] = [];
  for (const subject of subjects) {
    const seenIds = new Set(await dataset.stimuliSeen(subject));
    const seen = stimuli.flatMap((stimulus, position) => (seenIds.has(stimulus.id) ? [position] : []));
    selected.push({
      subject,
      responsesFingerprint: dataset.responsesFingerprint(subject),
      seen,
      ...selectVoxels(dataset, subject, regions),
    });
  }
  return selected;
}

export function selectSubjectNames(configuration: Configuration, dataset: OpenDataset): readonly string[] {
  if (configuration.subjects === 'all') return dataset.subjects;
  for (const subject of configuration.subjects) {
    if (!dataset.subjects.includes(subject)) throw unknownSubject({ subject, known: dataset.subjects });
  }
  const wanted = new Set(configuration.subjects);
  return dataset.subjects.filter((subject) => wanted.has(subject));
}

function selectVoxels(dataset: OpenDataset, subject: string, regions: readonly string[]) {
  const voxels = dataset.voxels.filter((voxel) => voxel.subject === subject);
  const positions = voxels.flatMap((voxel, position) =>
    voxel.regions.some((region) => regions.includes(region)) ? [position] : [],
  );
  const chosen = positions.map((position) => voxels[position]);
  const inRegion = (region: string) =>
    chosen.flatMap((voxel, position) => (voxel.regions.includes(region) ? [position] : []));
  return {
    voxelPositions: Int32Array.from(positions),
    voxelIds: chosen.map((voxel) => voxel.id),
    ...(chosen.every((voxel) => voxel.coordinates)
      ? { coordinates: Float64Array.from(chosen.flatMap((voxel) => voxel.coordinates!)) }
      : {}),
    regions: new Map(regions.map((region) => [region, inRegion(region)])),
  };
}
