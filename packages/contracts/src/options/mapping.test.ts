import fc from 'fast-check';
import { listOf } from './list.js';
import { mapping, optionsParser } from './mapping.js';
import { numberBetween, wholeNumber } from './numbers.js';
import { optional, type OptionReaders, type OptionsOf, type ReadOption } from './read-option.js';
import { flag, oneOf, text } from './words.js';

const READERS = {
  shape: oneOf(['round', 'square'], 'round'),
  sizes: listOf(wholeNumber(1), [3]),
  owner: optional(text('a name')),
  paint: mapping({ isRed: flag(true), layers: optional(wholeNumber(1)) }),
};
const parse = optionsParser('ball', READERS);
const DEFAULTS = { shape: 'round', sizes: [3], paint: { isRed: true } };

describe('optionsParser', () => {
  it.each([[undefined], [null], [{}], [{ paint: {} }], [{ shape: undefined }]])(
    'fills in everything that was left out of %j',
    (raw) => expect(parse(raw)).toEqual(DEFAULTS),
  );

  it('takes what is given', () => {
    const given = { shape: 'square', sizes: [1, 2], owner: 'me', paint: { isRed: false, layers: 2 } };
    expect(parse(given)).toEqual(given);
  });

  it('leaves out, and not undefined, what is optional and not given', () => {
    expect(Object.keys(parse({}))).toEqual(['shape', 'sizes', 'paint']);
  });

  it('gives options in the order of their readers, whatever the order they are written in', () => {
    expect(JSON.stringify(parse({ paint: {}, sizes: [3] }))).toBe(
      JSON.stringify(parse({ sizes: [3], paint: {} })),
    );
  });

  it.each([
    ['a wrong value', { shape: 'rond' }, 'shape', '"round" or "square"', '"rond"'],
    ['a wrong entry of a list', { sizes: [3, 0] }, 'sizes.1', 'a whole number of at least 1', '0'],
    ['a wrong value in a mapping', { paint: { isRed: 'no' } }, 'paint.isRed', 'true or false', '"no"'],
    ['an unknown option', { colour: 1 }, 'colour', 'left out: there is no such option', '1'],
    [
      'an unknown name in a mapping',
      { paint: { red: 1 } },
      'paint.red',
      'left out: there is no such option',
      '1',
    ],
    ['no mapping where there is one', { paint: [true] }, 'paint', 'a mapping of names to values', '[true]'],
    ['an empty mapping that is written', { paint: null }, 'paint', 'a mapping of names to values', 'empty'],
    ['a text for all options', 'red', '(all)', 'a mapping of names to values', '"red"'],
    ['a list for all options', ['red'], '(all)', 'a mapping of names to values', '["red"]'],
    [
      'a date for all options',
      new Date(0),
      '(all)',
      'a mapping of names to values',
      expect.any(String) as string,
    ],
  ])(
    'refuses %s, and says whose it is, where, what it must be and what it is',
    (_, raw, option, expected, actual) => {
      expect(() => parse(raw)).toThrow(
        expect.objectContaining({
          code: 'STRIATE_INVALID_OPTION',
          context: { who: 'ball', option, expected, actual },
        }),
      );
    },
  );

  it.each([
    [{ shap: 'round' }, '"shape"'],
    [{ paint: { isread: true } }, '"isRed"'],
    [{ shape: 'sqare' }, '"square"'],
  ])('names the nearest for what is misspelt in %j', (raw, nearest) => {
    expect(() => parse(raw)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`Did you mean ${nearest}?`) as unknown }),
    );
  });

  it('refuses a name that every object has, unless it is an option', () => {
    expect(() => parse({ constructor: 1 })).toThrow(
      expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
    );
    expect(optionsParser('odd', { constructor: optional(flag()) })({})).toEqual({});
  });

  it('leaves what it was given as it was', () => {
    const raw = { sizes: [2, 1], paint: {} };
    parse(raw);
    expect(raw).toEqual({ sizes: [2, 1], paint: {} });
  });

  it('gives options the types of their readers', () => {
    // The compiler looks at this: `tsc` fails where the types differ.
    const options: Same<
      OptionsOf<typeof READERS>,
      {
        readonly shape: 'round' | 'square';
        readonly sizes: readonly number[];
        readonly owner?: string | undefined;
        readonly paint: { isRed: boolean; layers: number | undefined };
      }
    > = parse({});
    // @ts-expect-error -- there is no such option
    expect(options.colour).toBeUndefined();
    // @ts-expect-error -- no such word
    const readers: OptionReaders<{ shape: 'round' }> = { shape: oneOf(['square'], 'square') };
    expect(optionsParser<{ shape: string }>('ball', readers)({})).toEqual({ shape: 'square' });
  });
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? A : never;

/** A reader, and values that it takes. */
interface Option {
  readonly read: ReadOption<unknown>;
  readonly given: fc.Arbitrary<unknown>;
}

const plain: fc.Arbitrary<Option> = fc.constantFrom<Option>(
  { read: flag(true), given: fc.boolean() },
  { read: oneOf(['a', 'b'], 'b'), given: fc.constantFrom('a', 'b') },
  { read: text('any', 'x'), given: fc.string({ minLength: 1 }) },
  { read: wholeNumber(-5, 0), given: fc.integer({ min: -5 }) },
  { read: numberBetween(0, Infinity, 1), given: fc.double({ min: 1e-300, max: 1e300, noNaN: true }) },
  { read: optional(flag()), given: fc.boolean() },
  { read: listOf(wholeNumber(0), [1]), given: fc.array(fc.nat(), { minLength: 1 }) },
);

const { nested } = fc.letrec<{ option: Option; nested: Option }>((tie) => ({
  option: fc.oneof({ depthSize: 'small', withCrossShrink: true }, plain, tie('nested')),
  nested: fc.dictionary(fc.string(), tie('option'), { maxKeys: 4 }).map((options) => {
    const names = Object.keys(options);
    const readers = Object.fromEntries(names.map((name) => [name, options[name].read]));
    const given = Object.fromEntries(names.map((name) => [name, options[name].given]));
    return { read: mapping(readers), given: fc.record(given, { requiredKeys: [] }) };
  }),
}));

const readerAndGiven = nested.chain(({ read, given }) => given.map((value) => ({ read, value })));

describe('mapping', () => {
  const at = { who: 'ball', option: 'paint' };

  it('reads what it has read to the same, whatever its readers', () => {
    fc.assert(
      fc.property(readerAndGiven, ({ read, value }) => {
        const once = read(value, at);
        expect(read(once, at)).toEqual(once);
      }),
    );
  });

  it('reads what it has read, written as JSON and read back, to the same', () => {
    fc.assert(
      fc.property(readerAndGiven, ({ read, value }) => {
        const once = read(value, at);
        expect(read(JSON.parse(JSON.stringify(once)), at)).toEqual(once);
      }),
    );
  });

  it('keeps all that is given, and adds only what is left out', () => {
    fc.assert(
      fc.property(readerAndGiven, ({ read, value }) =>
        expect(read(value, at)).toMatchObject(value as object),
      ),
    );
  });

  it('reads anything, or refuses it with an error of the catalogue that says where', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        try {
          mapping(READERS)(given, at);
        } catch (error) {
          const option = expect.stringMatching(/^paint(\.|$)/) as unknown;
          expect(error).toMatchObject({ code: 'STRIATE_INVALID_OPTION', context: { who: 'ball', option } });
        }
      }),
    );
  });
});
