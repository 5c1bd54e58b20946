import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@striate/contracts';
import { appear } from '../write-whole.js';
import { csvLines } from './csv.js';
import { writeParquet } from './parquet.js';
import { COLUMNS, scoreRows } from './rows.js';

const CHUNK = 2 ** 16;

/**
 * Write `scores.csv` and `scores.parquet`; each file appears whole or not at all.
 *
 * @param folder A folder that is there.
 */
export async function writeTables(record: RunRecord, folder: string): Promise<void> {
  // Not a stream: one that fails may still open its file after the draft was cleared away.
  await appear(join(folder, 'scores.csv'), (draft) =>
    writeFile(draft, inChunks(csvLines(COLUMNS, scoreRows(record)))),
  );
  await appear(join(folder, 'scores.parquet'), (draft) => {
    writeParquet(draft, scoreRows(record));
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
