import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeValue } from './describe-value.js';
import { nearestWord, someOf, suggest } from './nearest.js';
import { DataError, StriateError, UsageError } from './striate-error.js';

describe('StriateError', () => {
  it('carries code, hint, context, cause and an exit code by kind', () => {
    const cause = new RangeError('inner');
    const error = new UsageError('STRIATE_X', 'What happened.', {
      hint: 'Do this.',
      context: { n: 1 },
      cause,
    });
    expect(error).toMatchObject({
      code: 'STRIATE_X',
      hint: 'Do this.',
      context: { n: 1 },
      exitCode: 2,
      name: 'UsageError',
    });
    expect(error.cause).toBe(cause);
    expect(new DataError('STRIATE_Y', '').exitCode).toBe(3);
  });

  it('is recognised across copies of the package', () => {
    const other = { [Symbol.for('striate.error')]: true };
    expect(StriateError.isInstance(other)).toBe(true);
    expect(StriateError.isInstance(new TypeError('foreign'))).toBe(false);
    expect(StriateError.isInstance(null)).toBe(false);
  });
});

describe('the catalogue', () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'catalogue');
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/'(STRIATE_[A-Z0-9_]+)'/g)].map(([, code]) => code),
  );

  it('uses no code twice', () => {
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  it('tells with every error what to do', () => {
    const entries = sources.flatMap((source) => source.split(/^export function /m).slice(1));
    expect(entries.filter((entry) => !entry.includes('hint')).map((entry) => entry.slice(0, 40))).toEqual([]);
  });
});

describe('nearestWord', () => {
  it('finds a typing error, and nothing where all is far', () => {
    expect(nearestWord('rigde', ['ridge', 'rsa'])).toBe('ridge');
    expect(nearestWord('Layer5', ['layer4', 'stem'])).toBe('layer4');
    expect(nearestWord('zebra', ['ridge', 'rsa'])).toBeUndefined();
  });
});

describe('suggest', () => {
  it('names the nearest and what there is, the first twenty of many', () => {
    expect(suggest('rigde', ['ridge', 'rsa'])).toBe('Did you mean "ridge"? There are: ridge, rsa.');
    expect(
      suggest(
        'x',
        Array.from({ length: 25 }, (_, i) => `layer${i}`),
      ),
    ).toMatch(/and 5 more\.$/);
    expect(suggest('x', [])).toBe('There are: (none).');
  });
});

describe('someOf', () => {
  it('quotes a few and counts the rest', () => {
    expect(someOf(['a', 'b', 'c'], 2)).toBe('"a", "b" and 1 more');
  });
});

describe('describeValue', () => {
  it.each([
    [undefined, 'missing'],
    [null, 'empty'],
    ['3', '"3"'],
    [3, '3'],
    [NaN, 'NaN'],
    [[1, { a: true }], '[1,{"a":true}]'],
    ['x'.repeat(100), `"${'x'.repeat(76)}...`],
  ])('says of %j: %s', (value, words) => expect(describeValue(value)).toBe(words));
});
