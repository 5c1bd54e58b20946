// The folder of a run's results. It is tried before the work starts, and its files appear together or not at all.

import { writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { RunFacts } from '@striate/contracts';
import { VERSION, type ComparisonResult } from '@striate/core';
import { writeReport, writeTables } from '@striate/report';
import { appearTogether, requireWritable } from '../../output-folder.js';

export interface ResultsFolder {
  readonly folder: string;
  readonly reportPath: string;
  /** Writes record.json, run.json, report.html, and the tables scores and fits as CSV and Parquet. */
  write(result: ComparisonResult, seconds: number): Promise<void>;
}

/** The folder for results, made and tried. */
export async function openResultsFolder(folder: string): Promise<ResultsFolder> {
  await requireWritable(folder);
  return {
    folder,
    reportPath: join(folder, 'report.html'),
    write: (result, seconds) =>
      appearTogether(folder, async (draft) => {
        const { record } = result;
        const run = describeRun(result, seconds);
        await writeFile(join(draft, 'record.json'), `${JSON.stringify(record)}\n`);
        await writeFile(join(draft, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
        await writeTables(record, draft);
        await writeReport(record, draft, run);
      }),
  };
}

/** What differs from run to run stands apart from the record. */
function describeRun({ record, summary, fitTimes }: ComparisonResult, seconds: number): RunFacts {
  const [processor] = cpus();
  return {
    planKey: record.planKey,
    striateVersion: VERSION,
    finishedAt: new Date().toISOString(),
    seconds,
    ...summary,
    machine: {
      platform: platform(),
      arch: arch(),
      ...(processor ? { cpu: processor.model } : {}),
      cores: cpus().length,
      memoryBytes: totalmem(),
      node: process.version,
    },
    fits: fitTimes,
  };
}
