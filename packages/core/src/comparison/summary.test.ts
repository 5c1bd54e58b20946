import { summarise } from './summary.js';

describe('summarise', () => {
  it('gives mean, median, quartiles and standard error as worked by hand', () => {
    expect(summarise([4, 1, 3, 2])).toEqual({
      n: 4,
      nUndefined: 0,
      mean: 2.5,
      median: 2.5,
      quartiles: [1.75, 3.25],
      sem: Math.sqrt(5 / 3 / 4),
    });
  });

  it('leaves undefined values out and counts them', () => {
    expect(summarise([Number.NaN, 0.5, Number.NaN, 0.7])).toMatchObject({
      n: 2,
      nUndefined: 2,
      mean: 0.6,
      median: 0.6,
    });
  });

  it('has nothing to say of undefined values only', () => {
    expect(summarise([Number.NaN])).toMatchObject({
      n: 0,
      nUndefined: 1,
      mean: null,
      median: null,
      sem: null,
    });
  });

  it('looks at the chosen positions only', () => {
    expect(summarise([1, 100, 3], [0, 2])).toMatchObject({ n: 2, mean: 2 });
  });
});
