// The main job: open, plan, run, gather.

import type {
  ExecutionSummary,
  Executor,
  FitTime,
  RunRecord,
  TaskCost,
  TaskEvent,
  TaskGraph,
} from '@striate/contracts';
import { findNeeded } from '../executor/index.js';
import { planComparison, totalCost } from '../plan/plan.js';
import type { ComparisonTask } from '../plan/tasks.js';
import type { Configuration } from '../configuration/schema.js';
import { gatherFitTimes } from './fit-times.js';
import { openComparison, type Surroundings } from './open.js';
import { createPerformer } from './perform/performer.js';
import { requireRoom } from './preflight.js';
import { gatherRecord } from './record/record.js';

export interface ComparisonResult {
  readonly record: RunRecord;
  readonly summary: ExecutionSummary;
  /** Not part of the record, whose bytes are the same for every run of a plan. */
  readonly fitTimes: readonly FitTime[];
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
    readonly onPlan?: (plan: TaskGraph<ComparisonTask>) => void;
    readonly onEvent?: (event: TaskEvent) => void;
  },
): Promise<ComparisonResult> {
  const { store, executor, signal, onPlan, onEvent } = surroundings;
  const comparison = await openComparison(configuration, surroundings);
  const performer = createPerformer(comparison, store, signal);
  try {
    const graph = planComparison(comparison.description);
    const needed = await findNeeded(graph, performer.isDone);
    await requireRoom(totalCost({ tasks: needed }), store.folder);
    onPlan?.(graph);
    const summary = await executor.run({
      graph,
      isDone: performer.isDone,
      perform: performer.perform,
      ...(signal ? { signal } : {}),
      ...(onEvent ? { onEvent } : {}),
    });
    const record = await gatherRecord(comparison, graph, store);
    return { record, summary, fitTimes: await gatherFitTimes(graph, store) };
  } finally {
    await performer.close();
    await comparison.dispose();
  }
}

export interface DryRun {
  readonly graph: TaskGraph<ComparisonTask>;
  /** What a run would do now. */
  readonly needed: readonly ComparisonTask[];
  /** Predicted for {@link needed}: memory of the largest task, disk and time of all. */
  readonly cost: TaskCost;
}

/** The plan of a comparison with its predicted cost; nothing is computed. */
export async function dryRun(configuration: Configuration, surroundings: Surroundings): Promise<DryRun> {
  const comparison = await openComparison(configuration, surroundings);
  const performer = createPerformer(comparison, surroundings.store);
  try {
    const graph = planComparison(comparison.description);
    const needed = await findNeeded(graph, performer.isDone);
    return { graph, needed, cost: totalCost({ tasks: needed }) };
  } finally {
    await performer.close();
    await comparison.dispose();
  }
}
