// A table: a CSV file whose first row names the columns.

import { readFile } from 'node:fs/promises';
import { fileMissing, tableMalformed } from '@striate/contracts';
import { parseCsv } from './csv.js';

export interface TableRow {
  readonly line: number;
  /** The cell of a column, without blanks around it; `''` if the table has no such column. */
  cell(column: string): string;
}

export interface Table {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/**
 * Read a table. Columns that nobody asks for are left alone.
 *
 * @param path     Of the CSV file, UTF-8.
 * @param what     For messages: `The table of stimuli`.
 * @param required Columns that must be there.
 * @throws {DataError} `STRIATE_FILE_MISSING`; `STRIATE_TABLE_MALFORMED` if it is not UTF-8, lacks a column, names one twice,
 *   or has a row with more or fewer cells than columns.
 */
export async function readTable(path: string, what: string, required: readonly string[]): Promise<Table> {
  const [header, ...rows] = parseCsv(await readText(path, what), path);
  if (header === undefined) throw tableMalformed({ path, reason: 'it is empty' });
  const columns = header.cells.map((cell) => cell.trim());
  checkColumns(path, columns, required);
  const positions = new Map(columns.map((column, position) => [column, position]));
  return {
    path,
    columns,
    rows: rows.map(({ line, cells }) => {
      if (cells.length !== columns.length) {
        throw tableMalformed({ path, line, reason: `${cells.length} cells under ${columns.length} columns` });
      }
      return { line, cell: (column) => cells[positions.get(column) ?? -1]?.trim() ?? '' };
    }),
  };
}

/** A cell that may not be empty. */
export function requiredCell(table: Table, row: TableRow, column: string): string {
  const cell = row.cell(column);
  if (cell === '') throw tableMalformed({ path: table.path, line: row.line, reason: `"${column}" is empty` });
  return cell;
}

/**
 * Read a text file that has to be UTF-8.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`, `STRIATE_TABLE_MALFORMED`.
 */
export async function readText(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw fileMissing({ path, what, cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw tableMalformed({ path, reason: 'it is not UTF-8 text' });
  }
}

function checkColumns(path: string, columns: readonly string[], required: readonly string[]): void {
  const twice = columns.find((column, position) => columns.indexOf(column) !== position);
  if (twice !== undefined)
    throw tableMalformed({ path, line: 1, reason: `two columns are called "${twice}"` });
  const absent = required.find((column) => !columns.includes(column));
  if (absent === undefined) return;
  throw tableMalformed({
    path,
    line: 1,
    reason: `it has no column "${absent}"; its columns are ${columns.join(', ')}`,
  });
}
