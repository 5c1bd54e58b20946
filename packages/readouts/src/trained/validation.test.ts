import fc from 'fast-check';
import { correlateWith, meanDefined } from './validation.js';

const responsesOf = (values: number[][], observed?: number[][]) => ({
  stimulusIds: values.map((_, i) => `s${i}`),
  voxelIds: values[0].map((_, i) => `v${i}`),
  values: {
    axes: ['stimulus', 'voxel'] as const,
    shape: [values.length, values[0].length] as const,
    data: Float64Array.from(values.flat()),
  },
  ...(observed ? { observed: Uint8Array.from(observed.flat()) } : {}),
});

function correlate(predictions: number[][], truth: number[][], observed?: number[][]): number[] {
  const correlation = correlateWith({ responses: responsesOf(truth, observed) });
  predictions.forEach((row, i) => correlation.add(Int32Array.of(i), Float32Array.from(row)));
  return [...correlation.finish()];
}

describe('correlateWith', () => {
  it('is Pearson by hand: (1, 2, 3) with (1, 3, 2) is 1/2', () => {
    expect(correlate([[1], [2], [3]], [[1], [3], [2]])[0]).toBeCloseTo(0.5, 12);
  });

  it('leaves out what was not measured', () => {
    const truth = [[1], [3], [2], [NaN]];
    expect(correlate([[1], [2], [3], [9]], truth, [[1], [1], [1], [0]])[0]).toBeCloseTo(0.5, 12);
  });

  it('is NaN where either side is constant, and with fewer than two responses', () => {
    expect(correlate([[1], [1], [1]], [[1], [3], [2]])[0]).toBeNaN();
    expect(correlate([[1], [2], [3]], [[5], [5], [5]])[0]).toBeNaN();
    expect(correlate([[1], [2]], [[1], [2]], [[1], [0]])[0]).toBeNaN();
    expect(correlate([[1], [2]], [[1], [2]], [[0], [0]])[0]).toBeNaN();
  });

  it('keeps its digits where responses stand far from zero', () => {
    expect(correlate([[1], [2], [3]], [[1e7 + 1], [1e7 + 3], [1e7 + 2]])[0]).toBeCloseTo(0.5, 6);
  });

  it('does not change when responses are scaled and shifted', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (y, a, b) => {
        const p = y.map((value, i) => [value + ((i * 7) % 5)]);
        const plain = correlate(
          p,
          y.map((value) => [value]),
        );
        const changed = correlate(
          p,
          y.map((value) => [a * value + b]),
        );
        if (Number.isNaN(plain[0])) expect(changed[0]).toBeNaN();
        else expect(changed[0]).toBeCloseTo(plain[0], 9);
      }),
    );
  });
});

describe('meanDefined', () => {
  it('leaves NaN out, and is NaN where nothing is defined', () => {
    expect(meanDefined(Float64Array.of(1, NaN, 3))).toBe(2);
    expect(meanDefined(Float64Array.of(NaN))).toBeNaN();
  });
});
