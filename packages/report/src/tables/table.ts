import type { RunRecord } from '@striate/contracts';

/** Text, a float64 that may be NaN, or a whole number: up to 2^31, or larger. */
export type ColumnKind = 'text' | 'number' | 'count' | 'large-count';

/** A tidy table of a record: one row per number. */
export interface Table<Column extends string> {
  /** Of its files, without ending. */
  readonly name: string;
  /** In their order. */
  readonly columns: Readonly<Record<Column, ColumnKind>>;
  /** Rows are made one at a time, so that the table never stands in memory. */
  rows(record: RunRecord): Iterable<Readonly<Record<Column, string | number>>>;
}

/** Names of a table's columns, in their order. */
export function columnNames<Column extends string>({ columns }: Table<Column>): Column[] {
  return Object.keys(columns) as Column[];
}
