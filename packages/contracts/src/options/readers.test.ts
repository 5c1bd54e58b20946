import fc from 'fast-check';
import { listOf } from './list.js';
import { numberBetween, numberFrom, wholeNumber } from './numbers.js';
import { optional, valueThat, type ReadOption } from './read-option.js';
import { flag, oneOf, text } from './words.js';

const at = { who: 'ball', option: 'size' };

/** One reader of each kind, what it takes as it is, and what it refuses. */
const READERS: readonly {
  name: string;
  read: ReadOption<unknown>;
  takes: readonly unknown[];
  refuses: readonly unknown[];
}[] = [
  { name: 'text', read: text('a name'), takes: ['a', ' '], refuses: ['', 3, ['a'], null] },
  { name: 'flag', read: flag(), takes: [true, false], refuses: ['true', 0, 1, null] },
  { name: 'oneOf', read: oneOf(['mse', 'r']), takes: ['mse', 'r'], refuses: ['MSE', '', 0, ['r'], null] },
  {
    name: 'wholeNumber',
    read: wholeNumber(2),
    takes: [2, 1e6],
    refuses: [1, 2.5, '2', NaN, Infinity, 2 ** 53],
  },
  { name: 'numberFrom', read: numberFrom(0), takes: [0, 0.5, 1e300], refuses: [-0.1, '0', NaN, Infinity] },
  { name: 'numberBetween', read: numberBetween(0, 1), takes: [0.5], refuses: [0, 1, '0.5', NaN, null] },
  { name: 'numberBetween', read: numberBetween(0, Infinity), takes: [9], refuses: [0, Infinity, [9]] },
  { name: 'listOf', read: listOf(wholeNumber(1)), takes: [[1], [2, 1, 2]], refuses: [[], 1, { 0: 1 }, null] },
  {
    name: 'valueThat',
    read: valueThat('"affine"', (given): given is 'affine' => given === 'affine'),
    takes: ['affine'],
    refuses: ['Affine', null],
  },
];

describe.each(READERS)('$name', ({ read, takes, refuses }) => {
  it.each(takes.map((given) => [given]))('takes %p as it is', (given) =>
    expect(read(given, at)).toEqual(given),
  );

  it.each(refuses.map((given) => [given]))(
    'refuses %p, and says whose option it is, which, and what it must be',
    (given) => {
      expect(() => read(given, at)).toThrow(
        expect.objectContaining({
          code: 'STRIATE_INVALID_OPTION',
          context: expect.objectContaining({
            ...at,
            expected: expect.stringMatching(/./) as unknown,
          }) as unknown,
        }),
      );
    },
  );

  it('has to be given where it has no default', () => {
    expect(() => read(undefined, at)).toThrow(
      expect.objectContaining({ context: expect.objectContaining({ ...at, actual: 'missing' }) as unknown }),
    );
  });

  it('may be left out where it is optional, and is checked where it is given', () => {
    expect(optional(read)(undefined, at)).toBeUndefined();
    expect(optional(read)(takes[0], at)).toEqual(takes[0]);
    expect(() => optional(read)(refuses[0], at)).toThrow();
    expect(() => optional(read)(null, at)).toThrow();
  });

  it('returns a value, or refuses it with an error of the catalogue, whatever is given', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        try {
          expect(read(given, at)).toEqual(given);
        } catch (error) {
          const option = expect.stringMatching(/^size(\.\d+)*$/) as unknown;
          expect(error).toMatchObject({ code: 'STRIATE_INVALID_OPTION', context: { who: 'ball', option } });
        }
      }),
    );
  });
});

describe('a default', () => {
  it.each<[string, ReadOption<unknown>, unknown]>([
    ['text', text('a name', 'models'), 'models'],
    ['flag', flag(false), false],
    ['oneOf', oneOf(['mse', 'r'], 'r'), 'r'],
    ['wholeNumber', wholeNumber(0, 0), 0],
    ['numberFrom', numberFrom(0, 0), 0],
    ['numberBetween', numberBetween(0, 1, 0.1), 0.1],
    ['listOf', listOf(wholeNumber(1), [3, 5]), [3, 5]],
  ])('of %s stands for what was left out, and for nothing else', (_, read, fallback) => {
    expect(read(undefined, at)).toEqual(fallback);
    expect(() => read(null, at)).toThrow(
      expect.objectContaining({ context: expect.objectContaining({ actual: 'empty' }) as unknown }),
    );
  });
});

describe('the message', () => {
  it.each<[ReadOption<unknown>, unknown, string]>([
    [oneOf(['mse', 'r']), 'mes', 'ball: option "size" must be "mse" or "r"; it is "mes".'],
    [wholeNumber(2), 1, 'ball: option "size" must be a whole number of at least 2; it is 1.'],
    [wholeNumber(-Infinity), 0.5, 'ball: option "size" must be a whole number; it is 0.5.'],
    [numberFrom(-Infinity), Infinity, 'ball: option "size" must be a number; it is Infinity.'],
    [numberFrom(0), NaN, 'ball: option "size" must be a number of at least 0; it is NaN.'],
    [numberBetween(0, 1), 1, 'ball: option "size" must be a number between 0 and 1; it is 1.'],
    [numberBetween(0, Infinity), '3', 'ball: option "size" must be a number above 0; it is "3".'],
    [listOf(flag()), [], 'ball: option "size" must be a list of at least one; it is [].'],
    [listOf(flag()), [true, 'no'], 'ball: option "size.1" must be true or false; it is "no".'],
    [
      text('the path of a folder'),
      undefined,
      'ball: option "size" must be the path of a folder; it is missing.',
    ],
  ])('%# says what the value must be and what it is', (read, given, message) => {
    expect(() => read(given, at)).toThrow(message);
  });

  it('names the nearest word for a misspelt one, and no word for what is none', () => {
    const hintFor = (given: unknown) => {
      try {
        return oneOf(['round', 'square'])(given, at);
      } catch (error) {
        return (error as { hint: string }).hint;
      }
    };
    expect(hintFor('rond')).toBe('Did you mean "round"? There are: round, square.');
    expect(hintFor(3)).toBe('Run "striate describe ball" to see the options.');
  });
});

describe('listOf', () => {
  it('reads every entry by its reader', () => {
    expect(listOf(listOf(wholeNumber(0)))([[1], [2, 3]], at)).toEqual([[1], [2, 3]]);
  });

  it('takes no gap for an entry', () => {
    const withGap = [1, 2];
    delete withGap[1];
    expect(() => listOf(wholeNumber(0))(withGap, at)).toThrow(
      expect.objectContaining({ context: expect.objectContaining({ option: 'size.1' }) as unknown }),
    );
  });
});
