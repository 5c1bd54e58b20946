import { COLUMNS, type ScoreRow } from './rows.js';

/** Lines of a CSV file (RFC 4180), header first; numbers by shortest round trip, undefined ones as NaN. */
export function* csvLines(rows: Iterable<ScoreRow>): Generator<string> {
  yield `${COLUMNS.join(',')}\n`;
  for (const row of rows) yield `${COLUMNS.map((column) => field(row[column])).join(',')}\n`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
