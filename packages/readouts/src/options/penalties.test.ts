import { penalties, powersOfTen } from './penalties.js';

const read = penalties([10, 1]);
const at = { who: 'ridge', option: 'alphas' };

describe('penalties', () => {
  it('are the default where they are left out', () => expect(read(undefined, at)).toEqual([1, 10]));

  it('come as a list or as powers of ten, each once, ascending', () => {
    expect(read([10, 1, 10], at)).toEqual([1, 10]);
    expect(read({ from: -1, to: 1, count: 3 }, at)).toEqual([0.1, 1, 10]);
    expect(read({ from: 2, to: 5, count: 1 }, at)).toEqual([100]);
  });

  it.each([
    [[], 'alphas'],
    [[1, 0], 'alphas.1'],
    [['1'], 'alphas.0'],
    [3, 'alphas'],
    [null, 'alphas'],
    [{ from: 0, to: 1 }, 'alphas.count'],
    [{ from: 0, to: 1, count: 0 }, 'alphas.count'],
    [{ from: '0', to: 1, count: 2 }, 'alphas.from'],
    [{ from: 0, to: 1, count: 2, step: 1 }, 'alphas.step'],
    [{ from: 0, to: 400, count: 2 }, 'alphas.1'], // 10^400 is infinite
  ])('refuse %j, and say where', (given, option) => {
    expect(() => read(given, at)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ who: 'ridge', option }) as unknown,
      }),
    );
  });
});

describe('powersOfTen', () => {
  it('are equally spaced on a logarithmic scale, the ends among them', () => {
    expect(powersOfTen(0, 4, 3)).toEqual([1, 100, 10_000]);
    expect(powersOfTen(3, 5, 1)).toEqual([1000]);
  });
});
