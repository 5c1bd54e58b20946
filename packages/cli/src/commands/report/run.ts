import { dirname, join, resolve } from 'node:path';
import { readRecord, readRunFacts, writeReport, writeTables } from '@striate/report';
import { EXIT_DONE } from '../../exit-code.js';
import type { Io } from '../../io.js';
import { appearTogether, requireWritable } from '../../output-folder.js';

export interface ReportArgs {
  readonly record: string;
  readonly out?: string | undefined;
}

/** `striate report`. */
export async function runReport({ record, out }: ReportArgs, io: Io): Promise<number> {
  const path = resolve(io.cwd, record);
  const read = await readRecord(path);
  const run = await readRunFacts(join(dirname(path), 'run.json'), read);
  const folder = out === undefined ? dirname(path) : resolve(io.cwd, out);
  await requireWritable(folder);
  await appearTogether(folder, async (draft) => {
    await writeTables(read, draft);
    await writeReport(read, draft, run);
  });
  io.out(`${resolve(folder, 'report.html')}\n`);
  return EXIT_DONE;
}
