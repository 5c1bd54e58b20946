import { flag, numberBetween, oneOf, optionsParser, penalties, wholeNumber } from './readers.js';

const parse = optionsParser<Record<string, unknown>>('some-readout', {
  alphas: penalties([1, 10]),
  folds: wholeNumber(2, 5),
  share: numberBetween(0, 1, 0.1),
  shuffle: flag(false),
  by: oneOf(['mse', 'correlation'], 'mse'),
});

describe('optionsParser', () => {
  it('fills in what was left out', () => {
    const defaults = { alphas: [1, 10], folds: 5, share: 0.1, shuffle: false, by: 'mse' };
    expect(parse(undefined)).toEqual(defaults);
    expect(parse({ folds: 3 })).toEqual({ ...defaults, folds: 3 });
  });

  it('takes penalties as a list or as powers of ten, each once, ascending', () => {
    expect(parse({ alphas: [10, 1, 10] })).toMatchObject({ alphas: [1, 10] });
    expect(parse({ alphas: { from: -1, to: 1, count: 3 } })).toMatchObject({ alphas: [0.1, 1, 10] });
    expect(parse({ alphas: { from: 2, to: 5, count: 1 } })).toMatchObject({ alphas: [100] });
  });

  it.each([
    ['alphas', []],
    ['alphas', [0]],
    ['alphas', ['1']],
    ['alphas', 3],
    ['alphas', null],
    ['alphas', { from: 0, to: 1 }],
    ['alphas', { from: 0, to: 1, count: 0 }],
    ['folds', 1],
    ['folds', 2.5],
    ['share', 0],
    ['share', 1],
    ['share', NaN],
    ['shuffle', 'yes'],
    ['by', 'r2'],
    ['alpha', [1]],
  ])('refuses %s: %j, naming it and the readout', (option, value) => {
    expect(() => parse({ [option]: value })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option, who: 'some-readout' }),
      }),
    );
  });

  it.each([[[]], ['ridge'], [3]])('refuses options that are no mapping: %j', (raw) => {
    expect(() => parse(raw)).toThrow(expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }));
  });

  it('suggests the nearest option', () => {
    expect(() => parse({ alpha: [1] })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('alphas') }),
    );
  });
});
