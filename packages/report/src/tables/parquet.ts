import type { RunRecord } from '@striate/contracts';
import { ParquetWriter, fileWriter } from 'hyparquet-writer';
import { columnNames, type ColumnKind, type Table } from './table.js';

/** Rows that stand in memory at once. */
const ROW_GROUP = 100_000;

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  count: { type: 'INT32' },
  'large-count': { type: 'INT64' },
} as const satisfies Record<ColumnKind, object>;

/**
 * Write a table of a record as a Parquet file, one row group after the other. NaN stays NaN.
 *
 * @param path Where to; overwritten if it is there.
 */
export function writeParquet<Column extends string>(
  path: string,
  table: Table<Column>,
  record: RunRecord,
): void {
  const names = columnNames(table);
  const columns = names.map((name) => ({
    ...{ name, repetition_type: 'REQUIRED' as const },
    ...TYPES[table.columns[name]],
  }));
  const schema = [{ name: 'root', num_children: columns.length }, ...columns];
  // Without statistics: the smallest and largest of values among which there is a NaN mislead readers that skip by them.
  const writer = new ParquetWriter({ writer: fileWriter(path), schema, statistics: false });
  for (const group of inGroups(table.rows(record))) {
    const columnData = names.map((name) => ({
      name,
      data: group.map((row) => stored(table.columns[name], row[name])),
    }));
    writer.write({ columnData, rowGroupSize: ROW_GROUP });
  }
  writer.finish();
}

function* inGroups<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let group: Row[] = [];
  for (const row of rows) {
    if (group.push(row) < ROW_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function stored(kind: ColumnKind, value: string | number): string | number | bigint {
  return kind === 'large-count' ? BigInt(value) : value;
}
