import fc from 'fast-check';
import { poolings } from '../../graph/__fixtures__/pooling.js';
import { apply, constant, input, onnx, type Value } from '../../graph/index.js';
import { evaluateAt, gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('gradients of pooling', () => {
  it('AveragePool: agree with differences for all windows, pads and ways of counting', async () => {
    await fc.assert(
      fc.asyncProperty(poolings, seeds, async ({ x: shape, options }, seed) => {
        const build = (x: Value) => onnx.AveragePool(x, options);
        expect(await gradientError({ inputs: [{ shape }], build, seed, isLinear: true })).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  it('GlobalAveragePool: agree with differences over any number of axes', async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(shapes, seeds, async (shape, seed) => {
        const check = { inputs: [{ shape }], build: onnx.GlobalAveragePool, seed, isLinear: true };
        expect(await gradientError(check)).toBeLessThan(1e-5);
      }),
      { numRuns: 5 },
    );
  });

  it('MaxPool: agree with finite differences for all windows and pads', async () => {
    const cases = poolings.chain((pooling) => {
      const places = [...Array(pooling.x.reduce((product, size) => product * size)).keys()];
      const orders = fc.shuffledSubarray(places, { minLength: places.length });
      return fc.tuple(fc.constant(pooling), orders, seeds);
    });
    await fc.assert(
      fc.asyncProperty(cases, async ([{ x: shape, options }, order, seed]) => {
        // Three apart, no two elements change their order within the differences.
        const apart = constant(
          'float64',
          shape,
          Float64Array.from(order, (place) => 3 * place),
        );
        const { countIncludePad: _, ...window } = options;
        const build = (x: Value) => onnx.MaxPool(onnx.Add(x, apart), window);
        expect(await gradientError({ inputs: [{ shape }], build, seed })).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('MaxPool: all goes to the first of equal elements, and adds up where windows overlap', async () => {
    const at = (data: number[]) =>
      evaluateAt((x) => gradients(onnx.ReduceSum(onnx.MaxPool(x, { kernel: [2], pads: [1, 0] })), [x])[0], {
        shape: [1, 1, data.length],
        data,
      });
    expect(await at([5, 5, 1])).toEqual([2, 1, 0]);
    expect(await at([-3, -2, -1])).toEqual([1, 1, 1]);
  });

  it('MaxPool: refuse places that are counted column by column, and say so', () => {
    const x = input('x', [1, 1, 4, 4]);
    const [y] = apply(onnx.OPERATORS.get('MaxPool')!, [x], { kernel_shape: [2, 2], storage_order: 1 });
    expect(() => gradients(onnx.ReduceSum(y), [x])).toThrow(
      expect.objectContaining({
        code: 'STRIATE_GRADIENT_MISSING',
        context: { operator: 'MaxPool', reason: 'places counted column by column' },
      }),
    );
  });
});
