import fc from 'fast-check';
import { apply, input, onnx, type Value } from '../../graph/index.js';
import { normaliseBatch } from '../../layers/index.js';
import { gradientError, evaluateAt } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 1, max: 4 });
const images = fc.tuple(fc.integer({ min: 2, max: 4 }), sizes, fc.array(sizes, { maxLength: 3 }));
const statistics = (scale: Value, bias: Value, mean: Value, variance: Value) => ({
  scale,
  bias,
  mean,
  variance,
});

const one = (value: number) => ({ shape: [1], data: [value] });

describe('gradients of BatchNormalization', () => {
  it('agree with finite differences for all five inputs where the statistics are given', async () => {
    await fc.assert(
      fc.asyncProperty(images, seeds, async ([n, channels, space], seed) => {
        const perChannel = { shape: [channels] };
        const inputs = [
          { shape: [n, channels, ...space] },
          ...[perChannel, perChannel, perChannel, { ...perChannel, range: [0.5, 2] as const }],
        ];
        const build = (x: Value, ...given: Value[]) =>
          onnx.BatchNormalization(x, statistics(...(given as [Value, Value, Value, Value])), {
            epsilon: 0.1,
          });
        expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-7);
      }),
      { numRuns: 6 },
    );
  });

  it('agree with finite differences through the statistics of the batch, also where these are used besides', async () => {
    await fc.assert(
      fc.asyncProperty(images, seeds, async ([n, channels, space], seed) => {
        const perChannel = { shape: [channels] };
        const inputs = [{ shape: [n, channels, ...space] }, perChannel, perChannel];
        const build = (x: Value, scale: Value, bias: Value) => {
          const { y, mean, variance } = normaliseBatch(x, { scale, bias }, { epsilon: 0.1 });
          return onnx.Concat([onnx.Reshape(y, [-1]), mean, variance], 0);
        };
        expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-7);
      }),
      { numRuns: 8 },
    );
  });

  it('through the batch, of the first of [-1, 0, 1], are worked by hand', async () => {
    // mean 0, variance 2/3, epsilon 1/3: n = x. d n = [2, 0, 0], less its mean 2/3, less n times mean(d n n) = -2/3.
    const build = (x: Value, scale: Value, bias: Value) => {
      const { y } = normaliseBatch(x, { scale, bias }, { epsilon: 1 / 3 });
      const first = onnx.ReduceSum(onnx.Slice(y, { starts: [0], ends: [1] }));
      return onnx.Concat(
        [onnx.Reshape(gradients(first, [x])[0], [3]), ...gradients(first, [scale, bias])],
        0,
      );
    };
    const actual = await evaluateAt(build, { shape: [3, 1], data: [-1, 0, 1] }, one(2), one(5));
    [2 / 3, -2 / 3, 0, -1, 1].forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 6));
  });

  it("refuse ONNX's training mode, and say so", () => {
    const [x, v] = [input('x', [2, 3]), input('v', [3])];
    const inTraining = onnx.OPERATORS.get('BatchNormalization')!;
    const [y] = apply(inTraining, [x, v, v, v, v], { training_mode: 1 });
    expect(() => gradients(onnx.ReduceSum(y), [x])).toThrow(
      expect.objectContaining({
        code: 'STRIATE_GRADIENT_MISSING',
        context: { operator: 'BatchNormalization', reason: "ONNX's training mode" },
      }),
    );
  });
});

describe('gradients of LayerNormalization', () => {
  it('agree with finite differences from any axis on, with and without a bias', async () => {
    const shapesWithAxis = fc
      .array(sizes, { minLength: 1, maxLength: 4 })
      .chain((shape) =>
        fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
      );
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, fc.boolean(), seeds, async ([shape, axis], hasBias, seed) => {
        const parts = { shape: shape.slice(axis) };
        const build = (x: Value, scale: Value, bias?: Value) =>
          onnx.LayerNormalization(x, { scale, ...(bias ? { bias } : {}) }, { axis, epsilon: 0.1 });
        const inputs = [{ shape }, parts, ...(hasBias ? [parts] : [])];
        expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-6);
      }),
      { numRuns: 8 },
    );
  });
});
