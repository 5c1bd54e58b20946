// Before the start: does the plan fit this machine? Better a refusal now than a crash in the sixth hour.

import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { overBudget, type Task, type TaskCost, type TaskGraph } from '@striate/contracts';
import { totalCost } from '../plan/plan.js';

/** What is still to be done of a plan, and what that takes. */
export interface Preflight extends TaskCost {
  readonly nTasks: number;
  readonly nDone: number;
}

/**
 * Predict memory (of the largest task), disk and time of the tasks that are not done yet.
 *
 * @param isDone Whether a task's result is there.
 */
export async function estimatePreflight<T extends Task>(
  graph: TaskGraph<T>,
  isDone: (task: T) => Promise<boolean>,
): Promise<Preflight> {
  const todo: T[] = [];
  for (const task of graph.tasks) if (!(await isDone(task))) todo.push(task);
  return { nTasks: graph.tasks.length, nDone: graph.tasks.length - todo.length, ...totalCost({ tasks: todo }) };
}

/**
 * Refuse a plan that cannot fit.
 *
 * @throws {UsageError} `STRIATE_OVER_BUDGET`, with a suggestion.
 */
export async function requireRoom(cost: TaskCost, storeFolder: string): Promise<void> {
  const memory = totalmem();
  if (cost.memoryBytes > memory) {
    const hint = 'Use fewer layers or voxels at a time, or smaller layers.';
    throw overBudget({ what: 'memory', neededBytes: cost.memoryBytes, availableBytes: memory, hint });
  }
  const { bavail, bsize } = await statfs(storeFolder);
  if (cost.diskBytes > bavail * bsize) {
    const hint = 'Choose another folder with --store, or fewer layers.';
    throw overBudget({ what: 'disk', neededBytes: cost.diskBytes, availableBytes: bavail * bsize, hint });
  }
}
