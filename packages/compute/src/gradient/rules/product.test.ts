import fc from 'fast-check';
import { onnx } from '../../graph/index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 1, max: 4 });
const stacks = fc.array(sizes, { minLength: 0, maxLength: 2 });

describe('gradients of matrix products', () => {
  it('MatMul agrees with finite differences when the stack of either side is broadcast', async () => {
    const choices = fc.record({
      stack: stacks,
      isOne: fc.infiniteStream(fc.boolean()),
      nDropped: fc.nat(2),
      isSwapped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(choices, fc.tuple(sizes, sizes, sizes), seeds, async (choice, [n, k, m], seed) => {
        const { stack, isOne, nDropped, isSwapped } = choice;
        const narrow = stack.map((size) => (isOne.next().value ? 1 : size)).slice(nDropped);
        const [left, right] = isSwapped ? [narrow, stack] : [stack, narrow];
        const inputs = [{ shape: [...left, n, k] }, { shape: [...right, k, m] }];
        expect(await gradientError({ inputs, build: onnx.MatMul, seed })).toBeLessThan(1e-8);
      }),
      { numRuns: 20 },
    );
  });

  it('MatMul agrees with finite differences when each side is stretched along another axis', async () => {
    const inputs = [{ shape: [3, 1, 2, 4] }, { shape: [1, 2, 4, 3] }];
    expect(await gradientError({ inputs, build: onnx.MatMul, seed: 1 })).toBeLessThan(1e-8);
  });

  it('MatMul of a value with itself adds both gradients', async () => {
    const build = (x: Parameters<typeof onnx.MatMul>[0]) => onnx.MatMul(x, x);
    expect(await gradientError({ inputs: [{ shape: [2, 3, 3] }], build, seed: 1 })).toBeLessThan(1e-8);
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('Gemm agrees with finite differences (a turned: %s, b turned: %s)', async (transA, transB) => {
    // Powers of two: ONNX stores alpha and beta in float32.
    const factors = fc.constantFrom(undefined, 0.5, -2);
    const added = fc.constantFrom('none', 'scalar', 'row', 'column', 'full');
    await fc.assert(
      fc.asyncProperty(factors, factors, added, seeds, async (alpha, beta, kind, seed) => {
        const [n, k, m] = [2, 4, 3];
        const ofC = { none: undefined, scalar: [], row: [m], column: [n, 1], full: [n, m] }[kind];
        const inputs = [transA ? [k, n] : [n, k], transB ? [m, k] : [k, m], ...(ofC ? [ofC] : [])];
        const error = await gradientError({
          inputs: inputs.map((shape) => ({ shape })),
          build: (a, b, c) => onnx.Gemm(a, b, c, { transA, transB, alpha, beta }),
          seed,
        });
        expect(error).toBeLessThan(1e-8);
      }),
      { numRuns: 8 },
    );
  });
});
