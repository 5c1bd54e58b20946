import { flag, oneOf, optionsParser, wholeNumber } from './options.js';

const parse = optionsParser<{ shape: 'round' | 'square'; isRed: boolean; size: number }>('ball', {
  shape: oneOf(['round', 'square'], 'round'),
  isRed: flag(false),
  size: wholeNumber(1, 3),
});

describe('optionsParser', () => {
  it('fills in defaults for what is left out', () => {
    expect(parse(undefined)).toEqual({ shape: 'round', isRed: false, size: 3 });
    expect(parse({ shape: 'square', size: 1 })).toEqual({ shape: 'square', isRed: false, size: 1 });
  });

  it.each([
    ['shape', { shape: 'rond' }],
    ['isRed', { isRed: 'yes' }],
    ['size', { size: 0 }],
    ['size', { size: 1.5 }],
    ['colour', { colour: 'red' }],
    ['(all)', 'red'],
    ['(all)', ['red']],
  ])('refuses a wrong "%s" and names it', (option, raw) => {
    expect(() => parse(raw)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ who: 'ball', option }),
      }),
    );
  });

  it('suggests the nearest word', () => {
    expect(() => parse({ shape: 'rond' })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('"round"') }),
    );
  });
});
