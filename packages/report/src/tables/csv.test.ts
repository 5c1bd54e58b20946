import { csvLines } from './csv.js';

const linesOf = (value: string | number) => [...csvLines(['x'], [{ x: value }])];

describe('csvLines', () => {
  it('starts with the header and ends each line in CRLF', () => {
    expect(linesOf('plain')).toEqual(['x\r\n', 'plain\r\n']);
  });

  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote, doubled', 'a"b', '"a""b"'],
    ['a line feed', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
  ])('quotes a field with %s', (_, text, expected) => {
    expect(linesOf(text)[1]).toBe(`${expected}\r\n`);
  });

  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [1e-12, '1e-12'],
    [-0.5, '-0.5'],
    [Number.NaN, 'NaN'],
  ])('writes %d as the shortest text that reads back the same', (number, expected) => {
    expect(linesOf(number)[1]).toBe(`${expected}\r\n`);
  });
});
