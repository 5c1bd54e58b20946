import { internal } from '@striate/contracts';
import type { ArtefactStore } from '../../store/index.js';
import type { FeatureStore } from '../features.js';
import type { OpenComparison } from '../open.js';
import type { ResponseReader } from '../responses.js';

/** What a task may reach. */
export interface TaskSurroundings {
  readonly comparison: OpenComparison;
  readonly store: ArtefactStore;
  readonly features: FeatureStore;
  readonly responses: ResponseReader;
  readonly signal?: AbortSignal;
}

/** The item that a task names; the plan promises that it is there. */
export function find<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): Item {
  const found = items.find(isWanted);
  if (!found) throw internal('a task names something that the comparison does not have');
  return found;
}

/** One number per voxel, as the store keeps it. */
export function perVoxel(data: Float64Array) {
  return { axes: ['voxel'] as const, shape: [data.length] as const, data };
}

/** One number per subject, as the store keeps it. */
export function perSubject(data: Float64Array) {
  return { axes: ['subject'] as const, shape: [data.length] as const, data };
}
