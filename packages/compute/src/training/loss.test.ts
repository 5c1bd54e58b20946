import { evaluate, input, type Value } from '../graph/index.js';
import type { Tensor } from '../session/tensor.js';
import { gradients } from '../gradient/index.js';
import {
  crossEntropy,
  meanSquaredError,
  meanSquaredErrorAndConcordance,
  meanSquaredErrorAndVoxelConcordance,
  poissonLoss,
  type Measured,
} from './loss.js';

type Loss = (prediction: Value, measured: Measured) => Value;
type Rows = readonly (readonly number[])[];

const matrix = (rows: Rows): Tensor => ({
  dtype: 'float64',
  shape: [rows.length, rows[0].length],
  data: Float64Array.from(rows.flat()),
});

async function lossOf(loss: Loss, prediction: Rows, target: Rows, mask?: Rows) {
  const shape = [prediction.length, prediction[0].length];
  const p = input('p', shape, 'float64');
  const measured = { target: input('t', shape, 'float64'), mask: input('m', shape, 'bool') };
  const value = loss(p, measured);
  const [gradient] = gradients(value, [p]);
  const bools = Uint8Array.from((mask ?? prediction.map((row) => row.map(() => 1))).flat());
  const feeds = {
    p: matrix(prediction),
    t: matrix(target),
    m: { dtype: 'bool' as const, shape, data: bools },
  };
  const results = await evaluate({ value, gradient }, feeds);
  return {
    value: results.value.data[0] as number,
    gradient: Array.from(results.gradient.data as Float64Array),
  };
}

describe('meanSquaredError', () => {
  it('is the mean over what was measured, and does not look at the rest', async () => {
    const { value, gradient } = await lossOf(
      meanSquaredError,
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, NaN],
        [3, 6],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    );
    expect(value).toBeCloseTo((1 + 0 + 4) / 3, 12);
    [2 / 3, 0, 0, -4 / 3].forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 12));
  });

  it('is 0, with no gradient, where nothing was measured', async () => {
    const { value, gradient } = await lossOf(meanSquaredError, [[1, 2]], [[NaN, NaN]], [[0, 0]]);
    expect([value, ...gradient]).toEqual([0, 0, 0]);
  });
});

describe('meanSquaredErrorAndConcordance', () => {
  it('adds 1 - 2 cov / (var + var + (difference of means)^2), covariance over n and variances over n - 1', async () => {
    // p = 1, 2, 3; t = 2, 2, 5: means 2 and 3, cov = (1 + 0 + 2) / 3 = 1, variances 1 and 3.
    const { value } = await lossOf(meanSquaredErrorAndConcordance, [[1], [2], [3]], [[2], [2], [5]]);
    expect(value).toBeCloseTo((1 + 0 + 4) / 3 + 1 - (2 * 1) / (1 + 3 + 1), 12);
  });

  it('is finite where predictions and responses are one and the same number', async () => {
    const { value, gradient } = await lossOf(meanSquaredErrorAndConcordance, [[2], [2]], [[2], [2]]);
    expect(value).toBe(1);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});

describe('meanSquaredErrorAndVoxelConcordance', () => {
  it('does not reward a difference between means of voxels', async () => {
    // Flattened, the two voxels correlate nearly perfectly; within each the prediction runs the wrong way.
    const [prediction, target] = [
      [
        [0, 100],
        [1, 101],
      ],
      [
        [1, 101],
        [0, 100],
      ],
    ];
    const flat = await lossOf(meanSquaredErrorAndConcordance, prediction, target);
    const perVoxel = await lossOf(meanSquaredErrorAndVoxelConcordance, prediction, target);
    // Per voxel: cov = -0.25, variances 0.5 each, means equal.
    expect(perVoxel.value).toBeCloseTo(1 + 1 + 0.5, 12);
    expect(flat.value).toBeLessThan(1.3);
  });

  it('leaves out a voxel with fewer than two measured images', async () => {
    const { value, gradient } = await lossOf(
      meanSquaredErrorAndVoxelConcordance,
      [
        [1, 5],
        [2, 7],
        [3, 9],
      ],
      [
        [2, 5],
        [2, NaN],
        [5, NaN],
      ],
      [
        [1, 1],
        [1, 0],
        [1, 0],
      ],
    );
    expect(value).toBeCloseTo(5 / 4 + 1 - 2 / 5, 12);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});

describe('poissonLoss', () => {
  it('is the mean of p - t log p over what was measured', async () => {
    const { value } = await lossOf(poissonLoss, [[1, 2]], [[3, NaN]], [[1, 0]]);
    expect(value).toBeCloseTo(1, 6);
    const both = await lossOf(poissonLoss, [[1, 2]], [[3, 1]]);
    expect(both.value).toBeCloseTo((1 + (2 - Math.log(2))) / 2, 6);
  });
});

describe('crossEntropy', () => {
  it('is log 2 where two classes are equally likely', async () => {
    const logits = input('logits', [1, 2], 'float64');
    const classes = input('classes', [1, 2], 'float64');
    const loss = crossEntropy(logits, classes);
    const { value } = await evaluate(
      { value: loss },
      { logits: matrix([[7, 7]]), classes: matrix([[0, 1]]) },
    );
    expect(value.data[0]).toBeCloseTo(Math.LN2, 12);
  });
});
