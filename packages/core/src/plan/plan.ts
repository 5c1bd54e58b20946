// The plan: from what is to be compared to a graph of tasks. A pure function: no clock, no files, no randomness
// but the seed's.

import type { TaskCost, TaskGraph } from '@striate/contracts';
import type { ComparisonDescription, DescribedSubject } from './description.js';
import { planExtraction } from './extraction.js';
import { planGeometry, planGeometryCeilings } from './geometry.js';
import { ceilingKey } from './keys.js';
import { planPredictions } from './predictions.js';
import type { Add, ComparisonTask } from './tasks.js';

/**
 * Plan a comparison.
 *
 * @param description What is compared.
 * @returns The graph; tasks with equal keys stand in it once.
 */
export function planComparison(description: ComparisonDescription): TaskGraph<ComparisonTask> {
  const tasks = new Map<string, ComparisonTask>();
  const add = <T extends ComparisonTask>(task: T): T => {
    if (!tasks.has(task.key)) tasks.set(task.key, task);
    return task;
  };
  for (const subject of description.subjects) planCeiling(description, subject, add);
  for (const model of description.models) {
    const extracts = (model.spaces?.map((space) => space.model) ?? [model]).map((each) =>
      add(planExtraction(each)),
    );
    for (const layer of model.layers) {
      planPredictions(description, model, layer, extracts, add);
      planGeometry(description, model, layer, extracts, add);
    }
  }
  planGeometryCeilings(description, add);
  return { tasks: [...tasks.values()] };
}

function planCeiling(description: ComparisonDescription, subject: DescribedSubject, add: Add): void {
  if (!description.ceiling || subject.voxelIds.length === 0) return;
  const values = subject.seen.length * subject.voxelIds.length;
  add({
    key: ceilingKey(description, subject),
    kind: 'ceiling',
    title: `noise ceiling (${description.ceiling.name}) of ${subject.subject}`,
    dependsOn: [],
    subject: subject.subject,
    cost: { memoryBytes: 32 * values, diskBytes: 32 * subject.voxelIds.length, seconds: values / 1e7 },
  });
}

/** What a plan costs: memory of its largest task, disk and time of all. */
export function totalCost(graph: TaskGraph): TaskCost {
  return graph.tasks.reduce<TaskCost>(
    (total, { cost }) => ({
      memoryBytes: Math.max(total.memoryBytes, cost.memoryBytes),
      diskBytes: total.diskBytes + cost.diskBytes,
      seconds: total.seconds + cost.seconds,
    }),
    { memoryBytes: 0, diskBytes: 0, seconds: 0 },
  );
}
