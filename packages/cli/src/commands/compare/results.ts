// The folder of a run's results. It is tried before the work starts, and every file appears whole or not at all.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { folderNotWritable, type RunFacts } from '@striate/contracts';
import { VERSION, type ComparisonResult } from '@striate/core';
import { writeReport, writeTables } from '@striate/report';

export interface ResultsFolder {
  readonly folder: string;
  readonly reportPath: string;
  /** Writes record.json, run.json, report.html, and the tables scores and fits as CSV and Parquet. */
  write(result: ComparisonResult, seconds: number): Promise<void>;
}

/**
 * Make a folder, and see that it can be written.
 *
 * @throws {EnvironmentError} `STRIATE_FOLDER_NOT_WRITABLE`.
 */
export async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, `.striate-write-test-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw folderNotWritable({
      path: folder,
      reason: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** The folder for results, made and tried. */
export async function openResultsFolder(folder: string): Promise<ResultsFolder> {
  await requireWritable(folder);
  return {
    folder,
    reportPath: join(folder, 'report.html'),
    async write(result, seconds) {
      const { record } = result;
      const run = describeRun(result, seconds);
      await writeWhole(join(folder, 'record.json'), `${JSON.stringify(record)}\n`);
      await writeWhole(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
      await writeTables(record, folder);
      await writeReport(record, folder, run);
    },
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

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
