import { labelled, type StimulusByVoxel } from '@striate/contracts';
import fc from 'fast-check';
import { scoreR2 } from './r2.js';
import { splitR2 } from './split-r2.js';

const rows = (values: number[][]) =>
  labelled(['stimulus', 'voxel'], [values.length, values[0].length], Float64Array.from(values.flat()));
const column = (...values: number[]) => rows(values.map((value) => [value]));

describe('splitR2', () => {
  it('gives each of two independent parts what it explains', () => {
    // y = a + b + rest, all three orthogonal with squares 4, 4 and 4: each part explains a third.
    const a = column(1, 1, -1, -1);
    const b = column(1, -1, 1, -1);
    const responses = column(3, -1, -1, -1);
    const predictions = column(2, 0, 0, -2);
    const split = splitR2({ predictions, responses }, { a, b });
    expect(Object.keys(split)).toEqual(['a', 'b']);
    for (const share of Object.values(split)) expect([...share]).toEqual([expect.closeTo(1 / 3, 12)]);
    expect(scoreR2({ predictions, responses }).values[0]).toBeCloseTo(2 / 3, 12);
  });

  it('takes from a part that only undoes another', () => {
    // x = 2y - y: sum of (2 y 2y - 2y y) is twice, of (2 y (-y) + y y) minus once the squares of y.
    const responses = column(1, -1);
    const parts = { too: column(2, -2), much: column(-1, 1) };
    expect(splitR2({ predictions: responses, responses }, parts)).toEqual({
      too: Float64Array.of(2),
      much: Float64Array.of(-1),
    });
  });

  it('leaves out what was not observed, and is NaN where R2 is', () => {
    const responses = rows([
      [1, 5, 1],
      [-1, 5, -1],
      [NaN, 5, 2],
    ]);
    const predictions = rows([
      [1, 5, NaN],
      [-1, 5, 0],
      [9, 5, 0],
    ]);
    const observed = Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1);
    const { all } = splitR2({ predictions, responses, observed }, { all: predictions });
    expect([...all]).toEqual([1, NaN, NaN]);
  });

  it('adds up to R2 and the share of the constant', () => {
    const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(numbers, numbers, numbers, fc.integer({ min: -5, max: 5 }), (y, a, b, constant) => {
        fc.pre(new Set(y).size > 1);
        const sum = a.map((value, i) => value + b[i] + constant);
        const [responses, predictions] = [column(...y), column(...sum)];
        const split = splitR2({ predictions, responses }, { a: column(...a), b: column(...b) });
        const mean = y.reduce((total, value) => total + value) / y.length;
        const squares = y.reduce((total, value) => total + (value - mean) ** 2, 0);
        // the constant is a part too: constant - mean for every stimulus, and the y about the mean add up to 0
        const shareOfConstant = -((constant - mean) * sum.reduce((t, x) => t + x - mean, 0)) / squares;
        const [r2] = scoreR2({ predictions, responses }).values;
        expect(split['a'][0] + split['b'][0] + shareOfConstant).toBeCloseTo(r2, 8);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses parts of another shape', () => {
    const responses = column(1, 2);
    const part = rows([[1, 2]]) as StimulusByVoxel;
    expect(() => splitR2({ predictions: responses, responses }, { part })).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});
