// The main job: open, plan, run, gather.

import type { ExecutionSummary, Executor, RunRecord, TaskEvent, TaskGraph } from '@striate/contracts';
import { planComparison } from '../plan/plan.js';
import type { ComparisonTask } from '../plan/tasks.js';
import type { Configuration } from '../configuration/schema.js';
import { openComparison, type Surroundings } from './open.js';
import { createPerformer } from './perform/performer.js';
import { estimatePreflight, requireRoom, type Preflight } from './preflight.js';
import { gatherRecord } from './record.js';

export interface ComparisonResult {
  readonly record: RunRecord;
  readonly summary: ExecutionSummary;
}

/**
 * Compare models: run every combination of model, layer, readout, subject and scorer that the configuration names, and
 * gather the record. What the store has is not done again.
 *
 * @throws {StriateError} of any kind; artefacts that were finished are kept, nothing half-done is.
 */
export async function compareModels(
  configuration: Configuration,
  surroundings: Surroundings & {
    readonly executor: Executor;
    readonly storeFolder: string;
    readonly onPlan?: (plan: TaskGraph<ComparisonTask>) => void;
    readonly onEvent?: (event: TaskEvent) => void;
  },
): Promise<ComparisonResult> {
  const { store, executor, storeFolder, signal, onPlan, onEvent } = surroundings;
  const comparison = await openComparison(configuration, surroundings);
  const performer = createPerformer(comparison, store, signal);
  try {
    const graph = planComparison(comparison.description);
    await requireRoom(await estimatePreflight(graph, performer.isDone), storeFolder);
    onPlan?.(graph);
    const summary = await executor.run({
      graph,
      isDone: performer.isDone,
      perform: performer.perform,
      ...(signal ? { signal } : {}),
      ...(onEvent ? { onEvent } : {}),
    });
    return { record: await gatherRecord(comparison, graph, store), summary };
  } finally {
    await performer.close();
    await comparison.dispose();
  }
}

export interface DryRun {
  readonly preflight: Preflight;
  readonly tasks: readonly { readonly task: ComparisonTask; readonly isDone: boolean }[];
}

/** The plan of a comparison with its predicted cost; nothing is computed. */
export async function dryRun(configuration: Configuration, surroundings: Surroundings): Promise<DryRun> {
  const comparison = await openComparison(configuration, surroundings);
  const performer = createPerformer(comparison, surroundings.store);
  try {
    const graph = planComparison(comparison.description);
    const tasks = [];
    for (const task of graph.tasks) tasks.push({ task, isDone: await performer.isDone(task) });
    const done = new Map(tasks.map(({ task, isDone }) => [task, isDone]));
    return { preflight: await estimatePreflight(graph, async (task) => done.get(task)!), tasks };
  } finally {
    await performer.close();
    await comparison.dispose();
  }
}
