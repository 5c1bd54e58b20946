import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@striate/contracts';
import { appear } from '../write-whole.js';
import { csvLines } from './csv.js';
import { fitTable } from './fits.js';
import { writeParquet } from './parquet.js';
import { scoreTable } from './scores.js';
import { columnNames, type Table } from './table.js';

const CHUNK = 2 ** 16;

/**
 * Write the tables of scores and of fits, each as CSV and as Parquet; each file appears whole or not at all.
 *
 * @param folder A folder that is there.
 */
export async function writeTables(record: RunRecord, folder: string): Promise<void> {
  await writeTable(scoreTable, record, folder);
  await writeTable(fitTable, record, folder);
}

async function writeTable<Column extends string>(
  table: Table<Column>,
  record: RunRecord,
  folder: string,
): Promise<void> {
  const path = join(folder, table.name);
  // Not a stream: one that fails may still open its file after the draft was cleared away.
  await appear(`${path}.csv`, (draft) =>
    writeFile(draft, inChunks(csvLines(columnNames(table), table.rows(record)))),
  );
  await appear(`${path}.parquet`, (draft) => {
    writeParquet(draft, table, record);
    return Promise.resolve();
  });
}

/** Lines put together, since writing is slow by the piece. */
function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
