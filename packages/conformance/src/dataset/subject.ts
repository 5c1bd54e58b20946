import type { OpenDataset } from '@striate/contracts';
import type { SubjectWithOptions, TakesOptions } from '../options/options-laws.js';

/** A dataset that is opened with options. */
export interface DatasetSubject extends SubjectWithOptions {
  readonly dataset: TakesOptions;
  /** Opens the dataset anew at every call. */
  open(): Promise<OpenDataset>;
}

/** At most so many, evenly spaced: laws look into large datasets without reading all of their images. */
export function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * step)]);
}

/** Regions that come with RDMs. */
export function regionsWithRdms(dataset: OpenDataset): readonly string[] {
  return dataset.loadRdms ? dataset.regions : [];
}

/** Subjects that come with responses; a dataset of RDMs has no voxels. */
export function subjectsWithResponses({ subjects, voxels }: OpenDataset): readonly string[] {
  return subjects.filter((subject) => voxels.some((voxel) => voxel.subject === subject));
}
