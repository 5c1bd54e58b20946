import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { COLUMNS, type ScoreRow } from './rows.js';

/** Rows that stand in memory at once. */
const ROW_GROUP = 100_000;
const NUMBERS: ReadonlySet<string> = new Set(['value', 'ceiling']);

/** The long table as the bytes of a Parquet file. */
export function encodeParquet(rows: Iterable<ScoreRow>): Uint8Array {
  const bytes = new ByteWriter();
  const schema = [
    { name: 'root', num_children: COLUMNS.length },
    ...COLUMNS.map((name) => {
      if (NUMBERS.has(name)) return { name, type: 'DOUBLE' as const, repetition_type: 'REQUIRED' as const };
      if (name === 'n') return { name, type: 'INT32' as const, repetition_type: 'REQUIRED' as const };
      const text = { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const };
      return { name, ...text, repetition_type: 'REQUIRED' as const };
    }),
  ];
  const writer = new ParquetWriter({ writer: bytes, schema });
  let group: ScoreRow[] = [];
  const flush = () => {
    const columnData = COLUMNS.map((name) => ({ name, data: group.map((row) => row[name]) }));
    writer.write({ columnData, rowGroupSize: ROW_GROUP });
    group = [];
  };
  for (const row of rows) if (group.push(row) === ROW_GROUP) flush();
  if (group.length > 0) flush();
  writer.finish();
  return new Uint8Array(bytes.getBuffer());
}
