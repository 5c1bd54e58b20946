import fc from 'fast-check';
import { evaluate, input, onnx, type Value } from '../../graph/index.js';
import type { ReductionOptions } from '../../graph/operators/index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const shapesWithAxis = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
);
const shapesWithAxes = shapes.chain((shape) => {
  const axes = fc.subarray([...shape.keys()], { minLength: 1 });
  const isFromEnd = fc.boolean();
  const counted = fc
    .tuple(axes, isFromEnd)
    .map(([listed, fromEnd]) => listed.map((axis) => (fromEnd ? axis - shape.length : axis)));
  return fc.tuple(fc.constant(shape), fc.option(counted, { nil: undefined }));
});

const reductions: Record<string, (x: Value, options: ReductionOptions) => Value> = {
  ReduceL2: onnx.ReduceL2,
  ReduceLogSumExp: onnx.ReduceLogSumExp,
  ReduceMax: onnx.ReduceMax,
  ReduceMean: onnx.ReduceMean,
  ReduceMin: onnx.ReduceMin,
  ReduceProd: onnx.ReduceProd,
  ReduceL1: onnx.ReduceL1,
  ReduceLogSum: onnx.ReduceLogSum,
  ReduceSum: onnx.ReduceSum,
  ReduceSumSquare: onnx.ReduceSumSquare,
};

/** Gradient of f at a vector, in float64. */
async function gradientAt(f: (x: Value) => Value, at: readonly number[]): Promise<number[]> {
  const x = input('x', [at.length], 'float64');
  const [gradient] = gradients(f(x), [x]);
  const result = await evaluate(
    { gradient },
    { x: { dtype: 'float64', shape: [at.length], data: Float64Array.from(at) } },
  );
  return Array.from(result.gradient.data as Float64Array);
}

describe('gradients of reductions', () => {
  it.each(Object.entries(reductions))('%s agrees with finite differences for any axes', async (_, reduce) => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxes, fc.boolean(), seeds, async ([shape, axes], keepdims, seed) => {
        const build = (x: Value) => reduce(x, { axes, keepdims });
        const error = await gradientError({ inputs: [{ shape, range: [0.1, 1] }], build, seed });
        expect(error).toBeLessThan(1e-6);
      }),
      { numRuns: 6 },
    );
  });

  it.each([
    ['Softmax', onnx.Softmax],
    ['LogSoftmax', onnx.LogSoftmax],
  ])('%s agrees with finite differences along any axis', async (_, normalise) => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, seeds, async ([shape, axis], seed) => {
        const build = (x: Value) => normalise(x, axis);
        expect(await gradientError({ inputs: [{ shape }], build, seed })).toBeLessThan(1e-7);
      }),
      { numRuns: 6 },
    );
  });

  it('shares the gradient of an extreme among equal elements', async () => {
    expect(await gradientAt((x) => onnx.ReduceMax(x), [3, 1, 3, 2])).toEqual([0.5, 0, 0.5, 0]);
    expect(await gradientAt((x) => onnx.ReduceMin(x), [1, 1, 1, 2])).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
  });

  it('gives the norm of a vector of zeros the gradient 0, of [3, 4] the vector over its norm', async () => {
    expect(await gradientAt((x) => onnx.ReduceL2(x), [0, 0])).toEqual([0, 0]);
    expect(await gradientAt((x) => onnx.ReduceL2(x), [3, 4])).toEqual([0.6, 0.8]);
  });

  it('gives each factor the product of the others, zeros too', async () => {
    expect(await gradientAt((x) => onnx.ReduceProd(x), [2, 3, 4])).toEqual([12, 8, 6]);
    expect(await gradientAt((x) => onnx.ReduceProd(x), [2, 0, 3])).toEqual([0, 6, 0]);
    expect(await gradientAt((x) => onnx.ReduceProd(x), [2, 0, 0])).toEqual([0, 0, 0]);
  });

  it('reduces nothing where an empty list of axes is given', () => {
    const x = input('x', [2, 3]);
    expect(onnx.ReduceSum(x, { axes: [] })).toBe(x);
  });
});
