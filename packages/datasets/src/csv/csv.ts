// CSV by RFC 4180: quoted cells with doubled quotes, commas and line breaks inside; a byte-order mark, CRLF and empty
// lines are passed over. Our own forty lines, because errors must name the line of the file that a person sees in an
// editor (a quoted cell may span several), and because nothing else of a CSV library is needed here.

import { tableMalformed } from '@striate/contracts';

export interface CsvRow {
  /** Where it begins, from 1, as editors count. */
  readonly line: number;
  readonly cells: readonly string[];
}

// A cell, and what ends it. Quoted: anything but lone quotes; plain: no quote, comma or line break.
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Split the text of a CSV file into rows of cells.
 *
 * @param text What the file holds.
 * @param path Its path, for messages.
 * @throws {DataError} `STRIATE_TABLE_MALFORMED`, with the line, for a quote that is not closed or stands within a cell.
 */
export function parseCsv(text: string, path: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let [position, line, rowLine] = [text.startsWith('\uFEFF') ? 1 : 0, 1, 1];
  let cells: string[] = [];
  while (position < text.length || cells.length > 0) {
    CELL.lastIndex = position;
    const match = CELL.exec(text);
    if (!match)
      throw tableMalformed({ path, line, reason: 'a quote is not closed, or stands within a cell' });
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    position += whole.length;
    line += countLineBreaks(whole);
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: rowLine, cells });
    cells = [];
    rowLine = line;
  }
  return rows;
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
