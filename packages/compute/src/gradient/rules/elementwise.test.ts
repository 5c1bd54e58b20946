import fc from 'fast-check';
import { onnx, scalar, type Value } from '../../graph/index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 4 });
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const unary: Record<string, { build: (x: Value) => Value; range?: [number, number] }> = {
  Abs: { build: onnx.Abs, range: [0.1, 2] },
  // No bounds of few bits: small seeds draw such numbers, and at a bound there is no slope.
  Clip: { build: (x) => onnx.Clip(x, scalar(-0.3, x), scalar(0.6, x)) },
  Cos: { build: onnx.Cos },
  Exp: { build: onnx.Exp },
  Identity: { build: onnx.Identity },
  Log: { build: onnx.Log, range: [0.1, 2] },
  Neg: { build: onnx.Neg },
  Reciprocal: { build: onnx.Reciprocal, range: [0.5, 2] },
  Relu: { build: onnx.Relu },
  Sigmoid: { build: onnx.Sigmoid, range: [-3, 3] },
  Sin: { build: onnx.Sin },
  Sqrt: { build: onnx.Sqrt, range: [0.1, 2] },
  Tanh: { build: onnx.Tanh },
};

/** For these ONNX Runtime has float32 kernels only. */
const single: Record<string, { build: (x: Value) => Value; reference: (x: number) => number }> = {
  Elu: { build: (x) => onnx.Elu(x, 1.5), reference: (x) => (x > 0 ? x : 1.5 * Math.expm1(x)) },
  LeakyRelu: { build: (x) => onnx.LeakyRelu(x, 0.2), reference: (x) => (x > 0 ? x : 0.2 * x) },
  Softplus: { build: onnx.Softplus, reference: (x) => Math.log1p(Math.exp(x)) },
  'Gelu with tanh': {
    build: (x) => onnx.Gelu(x, 'tanh'),
    reference: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  },
  Erf: { build: onnx.Erf, reference: errorFunction },
  Gelu: { build: (x) => onnx.Gelu(x), reference: (x) => 0.5 * x * (1 + errorFunction(x * Math.SQRT1_2)) },
};

/** 2/sqrt(pi) sum of (-1)^n x^(2n+1) / (n! (2n+1)): exact enough for |x| < 3. */
function errorFunction(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const binary: Record<string, { build: (a: Value, b: Value) => Value; range?: [number, number] }> = {
  Add: { build: onnx.Add },
  Div: { build: onnx.Div, range: [0.5, 2] },
  Max: { build: onnx.Max },
  Min: { build: onnx.Min },
  Mul: { build: onnx.Mul },
  Pow: { build: onnx.Pow, range: [0.5, 2] },
  Sub: { build: onnx.Sub },
  Where: { build: (a, b) => onnx.Where(onnx.Greater(onnx.Add(a, b), scalar(0.1, a)), a, b) },
};

describe('gradients of operators that work element by element', () => {
  it.each(Object.entries(unary))(
    '%s agrees with finite differences for any shape',
    async (_, { build, range }) => {
      await fc.assert(
        fc.asyncProperty(shapes, seeds, async (shape, seed) => {
          expect(
            await gradientError({ inputs: [{ shape, ...(range ? { range } : {}) }], build, seed }),
          ).toBeLessThan(1e-7);
        }),
        { numRuns: 4 },
      );
    },
  );

  it.each(Object.entries(single))(
    '%s, in float32, agrees with finite differences in float64',
    async (_, { build, reference }) => {
      await fc.assert(
        fc.asyncProperty(shapes, seeds, async (shape, seed) => {
          const inputs = [{ shape, range: [-2, 2] as const }];
          const error = await gradientError({ inputs, build, seed, reference: (x) => x.map(reference) });
          expect(error).toBeLessThan(2e-5);
        }),
        { numRuns: 4 },
      );
    },
  );

  it.each([2, 3, -1, 0])('Pow agrees with finite differences for the exponent %d', async (exponent) => {
    await fc.assert(
      fc.asyncProperty(shapes, seeds, fc.constantFrom(-1, 1), async (shape, seed, sign) => {
        const inputs = [{ shape, range: [0.5 * sign, 2 * sign] as const }];
        const build = (x: Value) => onnx.Pow(x, scalar(exponent, x));
        expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-7);
      }),
      { numRuns: 4 },
    );
  });

  it.each(Object.entries(binary))(
    '%s agrees with finite differences when one side is broadcast',
    async (_, { build, range }) => {
      const masks = fc.tuple(fc.infiniteStream(fc.boolean()), fc.nat(3), fc.boolean());
      await fc.assert(
        fc.asyncProperty(shapes, masks, seeds, async (shape, [isOne, nDropped, isSwapped], seed) => {
          const narrow = shape
            .map((size) => (isOne.next().value ? 1 : size))
            .slice(Math.min(nDropped, shape.length));
          const inputs = (isSwapped ? [narrow, shape] : [shape, narrow]).map((sizes) => ({
            shape: sizes,
            ...(range ? { range } : {}),
          }));
          expect(await gradientError({ inputs, build, seed })).toBeLessThan(1e-7);
        }),
        { numRuns: 6 },
      );
    },
  );

  it('stop at truth values and integers, which move in steps', async () => {
    const build = (x: Value) => {
      const isPositive = onnx.And(onnx.Greater(x, scalar(0, x)), onnx.Less(x, scalar(9, x)));
      const whole = onnx.Cast(onnx.Cast(x, 'int64'), x.dtype);
      return onnx.Add(onnx.Mul(x, onnx.Cast(isPositive, x.dtype)), whole);
    };
    const inputs = [{ shape: [20], range: [0.1, 0.9] as const }];
    expect(await gradientError({ inputs, build, seed: 1 })).toBeLessThan(1e-7);
  });
});
