// Before the start: does the plan fit this machine? Better a refusal now than a crash in the sixth hour.

import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { overBudget, type TaskCost } from '@striate/contracts';

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
