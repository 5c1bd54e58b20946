// The ids of the rows of a features file: one per line, or the column `id` (or the only column) of a CSV file.

import { readFile } from 'node:fs/promises';
import { duplicateStimulus, fileMissing, tableMalformed } from '@striate/contracts';

/**
 * Read which stimulus each row belongs to.
 *
 * @param path `.csv` with a column named `id`, or any other file with one id per line.
 * @returns Id → row.
 * @throws {DataError} `STRIATE_FILE_MISSING`; `STRIATE_TABLE_MALFORMED` for an empty id or a CSV without the column;
 *   `STRIATE_DUPLICATE_STIMULUS` for an id that stands twice.
 */
export async function readIds(path: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw fileMissing({ path, what: 'The list of ids of a features file', cause });
  });
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const isTable = path.toLowerCase().endsWith('.csv');
  const ids = isTable ? readIdColumn(path, lines) : lines;
  return numberIds(path, ids, isTable ? 2 : 1);
}

function readIdColumn(path: string, lines: readonly string[]): readonly string[] {
  const column = splitCsvLine(lines[0]).indexOf('id');
  if (column < 0) throw tableMalformed({ path, line: 1, reason: 'there is no column named "id"' });
  return lines.slice(1).map((line) => splitCsvLine(line)[column] ?? '');
}

/** Quoted cells may hold commas and doubled quotes. */
function splitCsvLine(line: string): readonly string[] {
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(cells, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain.trim());
}

function numberIds(path: string, ids: readonly string[], firstLine: number): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  ids.forEach((id, row) => {
    const line = row + firstLine;
    if (id === '') throw tableMalformed({ path, line, reason: 'the id is empty' });
    const earlier = rows.get(id);
    if (earlier !== undefined) throw duplicateStimulus({ path, id, lines: [earlier + firstLine, line] });
    rows.set(id, row);
  });
  return rows;
}
