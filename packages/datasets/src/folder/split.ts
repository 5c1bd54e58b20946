// split.csv: which stimuli are for training and which for testing, if the dataset says so.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { splitInvalid, suggest, tableMalformed, type Split } from '@striate/contracts';
import { readTable, requiredCell } from '../csv/table.js';

const PARTS = ['train', 'validation', 'test'] as const;

/**
 * Read the split, if the folder has one.
 *
 * @throws {DataError} `STRIATE_SPLIT_INVALID` if stimuli stand twice or are unknown, or if train or test has fewer than two;
 *   `STRIATE_TABLE_MALFORMED` for a part that is none.
 */
export async function readSplit(folder: string, known: ReadonlySet<string>): Promise<Split | undefined> {
  const path = join(folder, 'split.csv');
  if (!existsSync(path)) return undefined;
  const table = await readTable(path, 'The split', ['id', 'part']);
  const parts: Record<(typeof PARTS)[number], string[]> = { train: [], validation: [], test: [] };
  for (const row of table.rows) {
    const part = PARTS.find((name) => name === row.cell('part'));
    if (part === undefined) {
      const reason = `"${row.cell('part')}" is no part. ${suggest(row.cell('part'), PARTS)}`;
      throw tableMalformed({ path, line: row.line, reason });
    }
    parts[part].push(requiredCell(table, row, 'id'));
  }
  requireSplit(path, parts, known);
  const { train, validation, test } = parts;
  return validation.length > 0 ? { train, validation, test } : { train, test };
}

function requireSplit(path: string, parts: Split, known: ReadonlySet<string>): void {
  const ids = [...parts.train, ...(parts.validation ?? []), ...parts.test];
  const seen = new Set<string>();
  const twice = ids.filter((id) => seen.size === seen.add(id).size);
  if (twice.length > 0)
    throw splitInvalid({ reason: `"${path}" names stimuli more than once`, examples: twice });
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw splitInvalid({
      reason: `"${path}" names stimuli that stimuli.csv does not have`,
      examples: unknown,
    });
  }
  if (parts.train.length < 2 || parts.test.length < 2) {
    const sizes = `${parts.train.length} training and ${parts.test.length} test stimuli`;
    throw splitInvalid({ reason: `"${path}" holds ${sizes}` });
  }
}
