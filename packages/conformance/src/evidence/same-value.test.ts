import { demandSameValue } from './same-value.js';

const compare = (actual: unknown, expected: unknown) => () => demandSameValue('options', actual, expected);

describe('demandSameValue', () => {
  it.each([
    [3, 3],
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [undefined, undefined],
  ])('takes %j for %j', (actual, expected) => expect(compare(actual, expected)).not.toThrow());

  it.each([
    [3, 4, 'options differ: 3 instead of 4'],
    ['3', 3, 'options differ: 3 instead of 3'],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'options differ at "a.b.1": 2 instead of 3'],
    [{ a: [1] }, { a: [1, 2] }, 'options differ at "a.1": undefined instead of 2'],
    [{}, { a: null }, 'options differ at "a": undefined instead of null'],
    [{ a: [] }, { a: {} }, 'options differ at "a": [] instead of {}'],
    [{ a: null }, { a: Infinity }, 'options differ at "a": null instead of Infinity'],
    [{ a: '1970-01-01T00:00:00.000Z' }, { a: new Date(0) }, /^options differ at "a": 1970/],
    [{}, new Date(0), /^options differ: {} instead of "1970/],
  ])('does not take %j for %j, and says where they differ', (actual, expected, message) => {
    expect(compare(actual, expected)).toThrow(message);
  });
});
