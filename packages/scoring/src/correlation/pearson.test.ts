import { labelled, StriateError } from '@striate/contracts';
import fc from 'fast-check';
import { createPearson, scorePearson } from './pearson.js';

const rows = (values: number[][], Type: typeof Float32Array | typeof Float64Array = Float64Array) =>
  labelled(['stimulus', 'voxel'], [values.length, values[0].length], Type.from(values.flat()));

describe('scorePearson', () => {
  it('correlates voxel by voxel', () => {
    // Deviations (-1, 0, 1) and (-3, 1, 2) for the first: 5 / sqrt(2 * 14).
    const predictions = rows([
      [1, 3],
      [2, 2],
      [3, 1],
    ]);
    const responses = rows([
      [0, 10],
      [4, 20],
      [5, 30],
    ]);
    const { values, n, nUndefined } = scorePearson({ predictions, responses });
    expect(values[0]).toBeCloseTo(5 / Math.sqrt(28), 14);
    expect(values[1]).toBe(-1);
    expect([...n]).toEqual([3, 3]);
    expect(nUndefined).toBe(0);
  });

  it('leaves out what was not observed, whatever its value, and says on how many stimuli each voxel rests', () => {
    const predictions = rows([
      [1, 1],
      [2, 2],
      [3, 9],
      [4, 3],
    ]);
    const responses = rows([
      [2, 1],
      [NaN, 2],
      [6, NaN],
      [8, 3],
    ]);
    const observed = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1);
    const { values, n } = scorePearson({ predictions, responses, observed });
    expect([...values]).toEqual([1, 1]);
    expect([...n]).toEqual([3, 3]);
  });

  it('returns NaN for a voxel with constant responses or constant predictions and counts both', () => {
    // 0.1 is not a dyadic number: a mean that is summed and divided would leave rounding as variance.
    const predictions = rows([
      [1, 0.1, 1],
      [2, 0.1, 3],
      [3, 0.1, 2],
    ]);
    const responses = rows([
      [0.1, 1, 1],
      [0.1, 2, 2],
      [0.1, 3, 3],
    ]);
    const { values, nUndefined } = scorePearson({ predictions, responses });
    expect([...values]).toEqual([NaN, NaN, 0.5]);
    expect(nUndefined).toBe(2);
  });

  it('returns NaN for a voxel with a NaN or infinite prediction and counts it', () => {
    const predictions = rows([
      [NaN, 1, 1],
      [2, Infinity, 2],
      [3, 3, 3],
    ]);
    const responses = rows([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]);
    const { values, nUndefined } = scorePearson({ predictions, responses });
    expect([...values]).toEqual([NaN, NaN, 1]);
    expect(nUndefined).toBe(2);
  });

  it('returns NaN for a voxel that fewer than two stimuli were observed in', () => {
    const data = { predictions: rows([[1], [2]]), responses: rows([[1], [2]]) };
    expect(scorePearson({ ...data, observed: Uint8Array.of(1, 0) }).values[0]).toBeNaN();
    expect(scorePearson({ ...data, observed: Uint8Array.of(1, 1) }).values[0]).toBe(1);
  });

  it('keeps its precision beside a mean that is large against the spread', () => {
    const predictions = rows([[1e9 + 1], [1e9 + 2], [1e9 + 3], [1e9 + 4]]);
    const responses = rows([[1], [3], [2], [4]]);
    expect(scorePearson({ predictions, responses }).values[0]).toBeCloseTo(0.8, 12);
  });

  it('accumulates float32 data in float64', () => {
    const predictions = rows([[1], [2], [3]], Float32Array);
    const responses = rows([[0], [4], [5]], Float32Array);
    expect(scorePearson({ predictions, responses }).values[0]).toBeCloseTo(5 / Math.sqrt(28), 14);
  });

  it('is symmetric, within [-1, 1], and unmoved by a change of scale', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const x = rows(drawn.map(([a]) => [a]));
        const y = rows(drawn.map(([, b]) => [b]));
        const scaled = rows(drawn.map(([, b]) => [4 * b - 8]));
        const [r] = scorePearson({ predictions: x, responses: y }).values;
        fc.pre(!Number.isNaN(r));
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(scorePearson({ predictions: y, responses: x }).values[0]).toBeCloseTo(r, 12);
        expect(scorePearson({ predictions: x, responses: scaled }).values[0]).toBeCloseTo(r, 12);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses predictions of another shape, and a mask of another length', () => {
    const two = rows([
      [1, 2],
      [3, 4],
    ]);
    const three = rows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const codeOf = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return StriateError.isInstance(error) ? error.code : error;
      }
      return 'none';
    };
    expect(codeOf(() => scorePearson({ predictions: two, responses: three }))).toBe('STRIATE_SHAPE_MISMATCH');
    expect(
      codeOf(() => scorePearson({ predictions: two, responses: two, observed: new Uint8Array(3) })),
    ).toBe('STRIATE_SHAPE_MISMATCH');
    expect(codeOf(() => scorePearson({ predictions: two, responses: two }))).toBe('none');
  });
});

describe('createPearson', () => {
  it('takes no options, and names one that it is given', () => {
    const { parseOptions } = createPearson();
    expect(parseOptions(undefined)).toEqual({});
    expect(() => parseOptions({ squared: true })).toThrow(
      expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
    );
  });
});
