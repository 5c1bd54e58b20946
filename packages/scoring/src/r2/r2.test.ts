import { labelled } from '@striate/contracts';
import fc from 'fast-check';
import { scoreR2 } from './r2.js';

const rows = (values: number[][]) =>
  labelled(['stimulus', 'voxel'], [values.length, values[0].length], Float64Array.from(values.flat()));

describe('scoreR2', () => {
  it('is 1 for a perfect prediction, 0 for the mean, negative for worse, voxel by voxel', () => {
    const responses = rows([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]);
    const predictions = rows([
      [1, 2, 3],
      [2, 2, 2],
      [3, 2, 1],
    ]);
    const { values, n, nUndefined } = scoreR2({ predictions, responses });
    expect([...values]).toEqual([1, 0, -3]); // 1 - 0/2, 1 - 2/2, 1 - 8/2
    expect([...n]).toEqual([3, 3, 3]);
    expect(nUndefined).toBe(0);
  });

  it('takes the mean of the observed responses only', () => {
    const responses = rows([[1], [3], [NaN]]);
    const predictions = rows([[2], [3], [100]]);
    const { values, n } = scoreR2({ predictions, responses, observed: Uint8Array.of(1, 1, 0) });
    expect(values[0]).toBe(0.5); // 1 - 1/2
    expect(n[0]).toBe(2);
  });

  it('returns NaN for constant responses, NaN and infinite predictions, and single stimuli, and counts them', () => {
    const responses = rows([
      [0.1, 1, 1, 1],
      [0.1, 2, 2, 2],
      [0.1, 3, 3, 3],
    ]);
    const predictions = rows([
      [1, NaN, Infinity, 1],
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
    const observed = new Uint8Array(12).fill(1);
    observed[7] = observed[11] = 0;
    const { values, nUndefined } = scoreR2({ predictions, responses, observed });
    expect([...values]).toEqual([NaN, NaN, NaN, NaN]);
    expect(nUndefined).toBe(4);
  });

  it('is defined for constant predictions', () => {
    expect(scoreR2({ predictions: rows([[5], [5]]), responses: rows([[1], [3]]) }).values[0]).toBe(-9);
  });

  it('falls by the squared bias over the variance', () => {
    const values = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(values, fc.integer({ min: -9, max: 9 }), (responses, bias) => {
        const mean = responses.reduce((a, b) => a + b) / responses.length;
        const variance = responses.reduce((sum, y) => sum + (y - mean) ** 2, 0) / responses.length;
        const [r2] = scoreR2({
          predictions: rows(responses.map((y) => [y + bias])),
          responses: rows(responses.map((y) => [y])),
        }).values;
        expect(r2).toBeCloseTo(1 - bias ** 2 / variance, 10);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses predictions of another shape', () => {
    expect(() => scoreR2({ predictions: rows([[1, 2]]), responses: rows([[1], [2]]) })).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});
