import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RunRecord } from '@striate/contracts';
import { appear, writeWhole } from '../write-whole.js';
import { csvLines } from './csv.js';
import { encodeParquet } from './parquet.js';
import { scoreRows } from './rows.js';

/**
 * Write `scores.csv` and `scores.parquet`; each file appears whole or not at all.
 *
 * @param folder A folder that is there.
 */
export async function writeTables(record: RunRecord, folder: string): Promise<void> {
  await appear(join(folder, 'scores.csv'), (draft) =>
    pipeline(Readable.from(csvLines(scoreRows(record))), createWriteStream(draft)),
  );
  await writeWhole(join(folder, 'scores.parquet'), encodeParquet(scoreRows(record)));
}
