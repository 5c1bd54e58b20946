import { join } from 'node:path';
import type { RunRecord } from '@striate/contracts';
import { writeWhole } from '../write-whole.js';
import { renderReport } from './page.js';

/** Write `report.html`, whole or not at all. */
export function writeReport(record: RunRecord, folder: string): Promise<void> {
  return writeWhole(join(folder, 'report.html'), renderReport(record));
}
