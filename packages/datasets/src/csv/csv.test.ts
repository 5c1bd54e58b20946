import fc from 'fast-check';
import { parseCsv } from './csv.js';

const cellsOf = (text: string) => parseCsv(text, 't.csv').map((row) => row.cells);

describe('parseCsv', () => {
  it('splits rows at any kind of line break, with or without one at the end', () => {
    expect(cellsOf('a,b\n1,2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(cellsOf('a,b\r\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(cellsOf('a,b\r1,2\r')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keeps commas, quotes and line breaks of quoted cells', () => {
    expect(cellsOf('1,"a ""red"" apple, on\na table",\n2,"",x\n')).toEqual([
      ['1', 'a "red" apple, on\na table', ''],
      ['2', '', 'x'],
    ]);
  });

  it('passes over a byte-order mark and empty lines, and counts lines as an editor does', () => {
    const rows = parseCsv('\uFEFFid,caption\r\n\r\n1,"two\r\nlines"\r\n2,b\r\n', 't.csv');
    expect(rows).toEqual([
      { line: 1, cells: ['id', 'caption'] },
      { line: 3, cells: ['1', 'two\r\nlines'] },
      { line: 5, cells: ['2', 'b'] },
    ]);
  });

  it('reads a last row that ends in an empty cell', () => {
    expect(cellsOf('a,b\n1,')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
  });

  it('has no rows for an empty text', () => {
    expect(cellsOf('')).toEqual([]);
  });

  it.each([
    ['a quote that is not closed', 'id\n1\n"2\n3\n', 3],
    ['a quote within a cell', 'id\n1 "x"\n', 2],
    ['text after a closing quote', 'id\n1\n"2"x\n', 3],
  ])('refuses %s, with its line', (_, text, line) => {
    expect(() => parseCsv(text, 't.csv')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_TABLE_MALFORMED',
        context: expect.objectContaining({ line }),
      }),
    );
  });

  it('gives back what was quoted, whatever it is', () => {
    const rows = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (cells, end) => {
        const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
        const text = cells.map((row) => row.map(quoted).join(',') + end).join('');
        expect(cellsOf(text)).toEqual(cells);
      }),
      { numRuns: 50 },
    );
  });
});
