// Scores of geometry, and their ceilings over subjects.

import { encodeFloats, type GeometryCell, type RunRecord, type TaskGraph } from '@striate/contracts';
import { tasksOf, type ComparisonTask } from '../../plan/tasks.js';
import type { ArtefactStore } from '../../store/index.js';
import { summarise } from '../summary.js';
import { orNull } from './or-null.js';

/** One cell per geometry task, in the plan's order. */
export async function gatherGeometry(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<GeometryCell[]> {
  const cells: GeometryCell[] = [];
  for (const { key, model, layer, scorer, region } of tasksOf(graph, 'geometry')) {
    const { values, arrays } = await store.get(key);
    const scores = arrays['values'].data as Float64Array;
    const { subjects } = values as { subjects: string[] };
    cells.push({
      model,
      layer,
      scorer,
      region,
      subjects,
      values: encodeFloats(scores),
      summary: summarise(scores),
    });
  }
  return cells;
}

/** Bounds of what a model can reach, per scorer and region. */
export async function gatherGeometryCeilings(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<RunRecord['geometryCeilings']> {
  const ceilings: RunRecord['geometryCeilings'][number][] = [];
  for (const { key, scorer, region } of tasksOf(graph, 'geometry-ceiling')) {
    const { values, arrays } = await store.get(key);
    const [lower, upper] = Array.from(arrays['bounds'].data as Float64Array, orNull);
    const { method } = values as { method: string };
    ceilings.push({ scorer, region, method, lower, upper });
  }
  return ceilings;
}
