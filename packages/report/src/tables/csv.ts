// Comma-separated values as RFC 4180 has them: lines end in CRLF; a field with a comma, a quote or a line break is quoted.

/** A table's lines, header first; numbers by shortest round trip, undefined ones as `NaN`. */
export function* csvLines<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string | number>>>,
): Generator<string> {
  yield line(columns);
  for (const row of rows) yield line(columns.map((column) => row[column]));
}

function line(values: readonly (string | number)[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
