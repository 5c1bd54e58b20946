// stimuli.csv, captions.csv and caption-grids.jsonl: what was shown.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileMissing, tableMalformed, type ImageSource, type Stimulus } from '@striate/contracts';
import { readTable, requiredCell, type Table, type TableRow } from '../csv/table.js';
import { readCaptionGrids } from './caption-grids.js';
import { hashFile, inParallel } from './hash.js';
import { requireKnown, requireUnique } from './ids.js';

export const STIMULI_FILE = 'stimuli.csv';
const CAPTION_COLUMN = /^caption(_\d+)?$/;

/**
 * Read the stimuli with their captions and grids of captions, and hash their images.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING` (table or image), `STRIATE_TABLE_MALFORMED`, `STRIATE_DUPLICATE_STIMULUS`,
 *   `STRIATE_IDS_DIFFER` for captions and grids of unknown stimuli.
 */
export async function readStimuli(folder: string, signal?: AbortSignal): Promise<Stimulus[]> {
  const table = await readTable(join(folder, STIMULI_FILE), 'The table of stimuli', ['id']);
  const entries = table.rows.map((row) => ({ id: requiredCell(table, row, 'id'), line: row.line, row }));
  if (entries.length === 0) throw tableMalformed({ path: table.path, reason: 'it has no rows' });
  requireUnique(table.path, entries);
  const captionColumns = table.columns.filter((column) => CAPTION_COLUMN.test(column));
  const known = new Set(entries.map(({ id }) => id));
  const moreCaptions = await readCaptions(folder, known);
  const captionGrids = await readCaptionGrids(folder, known, STIMULI_FILE);
  return inParallel(
    entries,
    async ({ id, row }) => {
      const captions = captionColumns.map((column) => row.cell(column)).filter((caption) => caption !== '');
      captions.push(...(moreCaptions.get(id) ?? []));
      const image = row.cell('image') === '' ? undefined : await describeImage(folder, table, row);
      const captionGrid = captionGrids.get(id);
      return {
        id,
        ...(image ? { image } : {}),
        ...(captions.length > 0 ? { captions } : {}),
        ...(captionGrid ? { captionGrid } : {}),
      };
    },
    signal,
  );
}

async function describeImage(folder: string, table: Table, row: TableRow): Promise<ImageSource> {
  const location = resolve(folder, row.cell('image'));
  const what = `The image of stimulus "${row.cell('id')}" (${table.path}, line ${row.line})`;
  const sha256 = await hashFile(location).catch((cause: unknown) => {
    throw fileMissing({ path: location, what, start: 'the folder of the dataset', cause });
  });
  return { location, sha256, readBytes: () => readFile(location) };
}

/** Captions by stimulus id, in the order of the table; none if there is no such file. */
async function readCaptions(folder: string, known: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const path = join(folder, 'captions.csv');
  const captions = new Map<string, string[]>();
  if (!existsSync(path)) return captions;
  const table = await readTable(path, 'The table of captions', ['id', 'caption']);
  for (const row of table.rows) {
    const id = requiredCell(table, row, 'id');
    captions.set(id, [...(captions.get(id) ?? []), requiredCell(table, row, 'caption')]);
  }
  requireKnown([...captions.keys()], path, known, STIMULI_FILE);
  return captions;
}
