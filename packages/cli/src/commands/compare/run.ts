import { resolve } from 'node:path';
import { compareModels, createLocalExecutor, dryRun } from '@striate/core';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { openPlan, openStoreOf } from '../../plan.js';
import { createProgress } from '../../progress.js';
import { openResultsFolder } from './results.js';
import { renderDryRun } from './render-dry-run.js';
import { renderSummary, summariseRecord } from './render-summary.js';

export interface CompareArgs {
  readonly config: string;
  readonly out?: string | undefined;
  readonly store?: string | undefined;
  readonly var?: readonly string[] | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
}

/** `striate compare`. */
export async function runCompare(args: CompareArgs, io: Io): Promise<number> {
  const { configuration, baseFolder, registry } = await openPlan(args, io);
  const results = args.dryRun
    ? undefined
    : await openResultsFolder(resolve(io.cwd, args.out ?? `results/${configuration.name}`));
  const store = await openStoreOf(args, io);
  const surroundings = { registry, store, baseFolder, ...(io.signal ? { signal: io.signal } : {}) };
  if (!results) {
    io.out(renderDryRun(await dryRun(configuration, surroundings), args.json));
    return EXIT_DONE;
  }
  const progress = createProgress(io);
  const startedAt = Date.now();
  const result = await compareModels(configuration, {
    ...surroundings,
    executor: createLocalExecutor(),
    onPlan: (graph) => progress.start(graph.tasks),
    onEvent: progress.onEvent,
  });
  progress.end();
  const seconds = (Date.now() - startedAt) / 1000;
  await results.write(result, seconds);
  const { record, summary } = result;
  for (const warning of record.warnings) io.err(`Warning (${warning.code}): ${warning.message}\n`);
  io.err(
    `${summary.performed} tasks done, ${summary.reused} reused, in ${seconds.toFixed(1)} s. ${results.reportPath}\n`,
  );
  const cells = summariseRecord(record);
  io.out(
    args.json
      ? `${JSON.stringify({ out: results.folder, ...summary, cells }, null, 2)}\n`
      : renderSummary(cells),
  );
  return EXIT_DONE;
}
