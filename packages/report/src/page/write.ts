import { join } from 'node:path';
import type { RunFacts, RunRecord } from '@striate/contracts';
import { writeWhole } from '../write-whole.js';
import { renderReport } from './page.js';

/** Write `report.html`, whole or not at all; with times if the facts of the run are given. */
export function writeReport(record: RunRecord, folder: string, run?: RunFacts): Promise<void> {
  return writeWhole(join(folder, 'report.html'), renderReport(record, run));
}
