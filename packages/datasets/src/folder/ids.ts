// Lists of ids, one per line.

import { duplicateStimulus, idsDiffer, tableMalformed } from '@striate/contracts';
import { readText } from '../csv/table.js';

/**
 * Read a list of ids, one per line; empty lines and blanks around ids are passed over.
 *
 * @throws {DataError} `STRIATE_FILE_MISSING`; `STRIATE_TABLE_MALFORMED` if it is empty; `STRIATE_DUPLICATE_STIMULUS`.
 */
export async function readIds(path: string, what: string): Promise<string[]> {
  const text = (await readText(path, what)).replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\n|\r/).map((line, position) => ({ id: line.trim(), line: position + 1 }));
  const entries = lines.filter(({ id }) => id !== '');
  if (entries.length === 0) throw tableMalformed({ path, reason: 'it is empty; it needs one id per line' });
  requireUnique(path, entries);
  return entries.map(({ id }) => id);
}

/** @throws {DataError} `STRIATE_DUPLICATE_STIMULUS`, with all lines of the first id that stands twice. */
export function requireUnique(path: string, entries: readonly { id: string; line: number }[]): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) {
      const lines = entries.filter((entry) => entry.id === id).map((entry) => entry.line);
      throw duplicateStimulus({ path, id, lines });
    }
    seen.add(id);
  }
}

/** @throws {DataError} `STRIATE_IDS_DIFFER` for ids that the table of stimuli does not have. */
export function requireKnown(
  ids: readonly string[],
  path: string,
  known: { has(id: string): boolean },
  knownPath: string,
): void {
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw idsDiffer({ left: path, right: knownPath, onlyLeft: unknown, onlyRight: [] });
}
