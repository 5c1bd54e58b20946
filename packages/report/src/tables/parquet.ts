import { ParquetWriter, fileWriter } from 'hyparquet-writer';
import { COLUMNS, type ScoreRow } from './rows.js';

/** Rows that stand in memory at once. */
const ROW_GROUP = 100_000;

const TYPES = {
  number: { type: 'DOUBLE' },
  count: { type: 'INT32' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
} as const;

const SCHEMA = [
  { name: 'root', num_children: COLUMNS.length },
  ...COLUMNS.map((name) => ({ name, repetition_type: 'REQUIRED' as const, ...TYPES[typeOf(name)] })),
];

/**
 * Write the long table as a Parquet file, one row group after the other. NaN stays NaN.
 *
 * @param path Where to; overwritten if it is there.
 */
export function writeParquet(path: string, rows: Iterable<ScoreRow>): void {
  // Without statistics: the smallest and largest of values among which there is a NaN mislead readers that skip by them.
  const writer = new ParquetWriter({ writer: fileWriter(path), schema: SCHEMA, statistics: false });
  for (const group of inGroups(rows)) {
    const columnData = COLUMNS.map((name) => ({ name, data: group.map((row) => row[name]) }));
    writer.write({ columnData, rowGroupSize: ROW_GROUP });
  }
  writer.finish();
}

function* inGroups(rows: Iterable<ScoreRow>): Generator<ScoreRow[]> {
  let group: ScoreRow[] = [];
  for (const row of rows) {
    if (group.push(row) < ROW_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function typeOf(column: keyof ScoreRow): keyof typeof TYPES {
  if (column === 'value' || column === 'ceiling') return 'number';
  return column === 'n' ? 'count' : 'text';
}
