import { outOfMemory, shapeMismatch, type FloatArray } from '@striate/contracts';

/** A dense matrix, rows one after the other. */
export interface Matrix<Data extends FloatArray = FloatArray> {
  readonly rows: number;
  readonly columns: number;
  readonly data: Data;
}

export type Precision = 'float32' | 'float64';

/**
 * Name the shape of an array as a matrix; nothing is copied.
 *
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if rows x columns is not the array's length.
 */
export function matrix<Data extends FloatArray>(rows: number, columns: number, data: Data): Matrix<Data> {
  if (rows * columns !== data.length) {
    throw shapeMismatch({
      what: 'a matrix',
      expected: `${rows} x ${columns} values`,
      actual: `${data.length} values`,
    });
  }
  return { rows, columns, data };
}

/**
 * A matrix of zeros.
 *
 * @throws {EnvironmentError} `STRIATE_OUT_OF_MEMORY`.
 */
export function zeros(rows: number, columns: number, precision: 'float32'): Matrix<Float32Array>;
export function zeros(rows: number, columns: number, precision: 'float64'): Matrix<Float64Array>;
export function zeros(rows: number, columns: number, precision: Precision): Matrix;
export function zeros(rows: number, columns: number, precision: Precision): Matrix {
  const FloatsOf = precision === 'float32' ? Float32Array : Float64Array;
  try {
    return { rows, columns, data: new FloatsOf(rows * columns) };
  } catch (cause) {
    const bytes = rows * columns * FloatsOf.BYTES_PER_ELEMENT;
    throw outOfMemory({ what: `A matrix of ${rows} x ${columns} (${precision})`, bytes, cause });
  }
}

/** Ones on the diagonal, [n, n]. */
export function identity(n: number): Matrix<Float64Array> {
  const result = zeros(n, n, 'float64');
  for (let i = 0; i < n; i++) result.data[i * (n + 1)] = 1;
  return result;
}

/** The same numbers in a precision; the same matrix if it has it already. */
export function inPrecision(source: Matrix, precision: 'float32'): Matrix<Float32Array>;
export function inPrecision(source: Matrix, precision: 'float64'): Matrix<Float64Array>;
export function inPrecision(source: Matrix, precision: Precision): Matrix;
export function inPrecision(source: Matrix, precision: Precision): Matrix {
  if (precisionOf(source) === precision) return source;
  const FloatsOf = precision === 'float32' ? Float32Array : Float64Array;
  return { ...source, data: new FloatsOf(source.data) };
}

export function precisionOf({ data }: Matrix): Precision {
  return data instanceof Float32Array ? 'float32' : 'float64';
}

/** Some consecutive rows, as a view. */
export function rowsOf<Data extends FloatArray>(
  source: Matrix<Data>,
  start: number,
  end: number,
): Matrix<Data> {
  const data = source.data.subarray(start * source.columns, end * source.columns) as Data;
  return { rows: end - start, columns: source.columns, data };
}

/** A rectangle, copied: rows and columns from `start` (included) to `end` (left out). */
export function copyBlock<Data extends FloatArray>(
  source: Matrix<Data>,
  rows: readonly [start: number, end: number],
  columns: readonly [start: number, end: number],
): Matrix<Data> {
  const height = rows[1] - rows[0];
  const width = columns[1] - columns[0];
  const block = zeros(height, width, precisionOf(source)) as Matrix<Data>;
  for (let row = 0; row < height; row++) {
    const start = (rows[0] + row) * source.columns + columns[0];
    block.data.set(source.data.subarray(start, start + width), row * width);
  }
  return block;
}

/** Write a block into a matrix, at a row and a column. */
export function pasteBlock(target: Matrix, row: number, column: number, block: Matrix): void {
  for (let i = 0; i < block.rows; i++) {
    const line = block.data.subarray(i * block.columns, (i + 1) * block.columns);
    target.data.set(line, (row + i) * target.columns + column);
  }
}

/** Square tiles stay in the cache while one side of a transposition runs across rows. */
const TILE = 32;

/** The transposed matrix, copied. */
export function transposed<Data extends FloatArray>(source: Matrix<Data>): Matrix<Data> {
  const { rows, columns, data } = source;
  const result = zeros(columns, rows, precisionOf(source)) as Matrix<Data>;
  for (let row = 0; row < rows; row += TILE) {
    for (let column = 0; column < columns; column += TILE) {
      for (let i = row; i < Math.min(row + TILE, rows); i++) {
        for (let j = column; j < Math.min(column + TILE, columns); j++) {
          result.data[j * rows + i] = data[i * columns + j];
        }
      }
    }
  }
  return result;
}

/**
 * A copy in float64 whose largest magnitude is between 1 and 2, so that squares neither overflow nor vanish.
 *
 * @param largest Largest magnitude of the matrix.
 * @returns The copy, and the power of two that it is to be multiplied by.
 */
export function normalised(
  source: Matrix,
  largest: number,
): { readonly scaled: Matrix<Float64Array>; readonly scale: number } {
  const scale = largest > 0 ? 2 ** Math.max(-1022, Math.floor(Math.log2(largest))) : 1;
  const data = new Float64Array(source.data);
  for (let i = 0; i < data.length; i++) data[i] /= scale;
  return { scaled: { ...source, data }, scale };
}
