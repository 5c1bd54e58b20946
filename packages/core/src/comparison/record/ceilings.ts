// Noise ceilings of subjects, as the record holds them.

import type { CeilingValues, TaskGraph } from '@striate/contracts';
import { tasksOf, type ComparisonTask } from '../../plan/tasks.js';
import type { ArtefactStore } from '../../store/index.js';

export type RecordedCeiling = CeilingValues & { readonly method: string; readonly nUndefined: number };

/** Subject → ceilings of its voxels. */
export async function gatherCeilings(graph: TaskGraph<ComparisonTask>, store: ArtefactStore) {
  const ceilings = new Map<string, RecordedCeiling>();
  for (const task of tasksOf(graph, 'ceiling')) {
    const { values, arrays } = await store.get(task.key);
    ceilings.set(task.subject, {
      ...(values as { method: string; nUndefined: number }),
      correlation: arrays['correlation'].data as Float64Array,
      variance: arrays['variance'].data as Float64Array,
    });
  }
  return ceilings;
}
