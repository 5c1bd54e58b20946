import type { FitTime, TaskGraph } from '@striate/contracts';
import { tasksOf, type ComparisonTask } from '../plan/tasks.js';
import type { ArtefactStore } from '../store/index.js';

/** How long each fit of a finished plan took when it was made, whichever run made it; null for those of a version that did not measure. */
export async function gatherFitTimes(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<FitTime[]> {
  const times: FitTime[] = [];
  for (const { key, model, layer, readout, subject } of tasksOf(graph, 'fit-summary')) {
    const { seconds } = (await store.get(key)).values as { seconds?: number | null };
    times.push({ model, layer, readout, subject, seconds: seconds ?? null });
  }
  return times;
}
