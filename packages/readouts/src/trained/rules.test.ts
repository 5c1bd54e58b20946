import { choice, flag, numberAbove, parseByRules, strengths, wholeNumber } from './rules.js';

const rules = {
  rate: numberAbove(0, 0.1),
  steps: wholeNumber(1, 5),
  isFast: flag(false),
  loss: choice(['a', 'b'], 'a'),
  strengths: strengths([0]),
};
const parse = (raw: unknown) => parseByRules('a readout', rules, raw);

describe('parseByRules', () => {
  it('fills in defaults', () => {
    const defaults = { rate: 0.1, steps: 5, isFast: false, loss: 'a', strengths: [0] };
    expect(parse(undefined)).toEqual(defaults);
    expect(parse({ loss: 'b' })).toEqual({ ...defaults, loss: 'b' });
  });

  it.each([
    [{ rate: 0 }, 'rate', 'a number above 0'],
    [{ rate: NaN }, 'rate', 'a number above 0'],
    [{ steps: 1.5 }, 'steps', 'a whole number of at least 1'],
    [{ isFast: 'yes' }, 'isFast', 'true or false'],
    [{ loss: 'c' }, 'loss', '"a" or "b"'],
    [{ strengths: [] }, 'strengths', 'a list of different numbers of at least 0'],
    [{ strengths: [1, 1] }, 'strengths', 'a list of different numbers of at least 0'],
    [{ strengths: [-1] }, 'strengths', 'a list of different numbers of at least 0'],
    [{ stepz: 1 }, 'stepz', 'one of rate, steps, isFast, loss, strengths'],
    [[], 'options', 'a mapping'],
  ])('refuses %j and says what it expects', (raw, option, expected) => {
    expect(() => parse(raw)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option, expected }),
      }),
    );
  });
});
