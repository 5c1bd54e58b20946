import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { evaluate, input, onnx, tensor, type Shape } from '../../index.js';

const sizes = fc.integer({ min: 1, max: 4 });
const [a, b] = ['a', 'b'].map((name) => (shape: Shape) => input(name, shape));

describe('types of matrix products', () => {
  it('are what ONNX Runtime returns', async () => {
    const stacks = fc.array(sizes, { maxLength: 2 });
    const masks = fc.infiniteStream(fc.boolean());
    await fc.assert(
      fc.asyncProperty(stacks, masks, fc.tuple(sizes, sizes, sizes), async (stack, isOne, [n, k, m]) => {
        const narrow = stack.map((size) => (isOne.next().value ? 1 : size));
        const { inferred, returned } = await compareTypes([
          onnx.MatMul(a([...stack, n, k]), b([...narrow.slice(1), k, m])),
          onnx.Gemm(input('c', [k, n]), input('d', [m, k]), undefined, { transA: true, transB: true }),
        ]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 8 },
    );
  });

  it('carry the name of a size through', () => {
    expect(onnx.MatMul(a(['batch', 3]), b([3, 2])).shape).toEqual(['batch', 2]);
    expect(onnx.Gemm(a(['batch', 3]), b([2, 3]), undefined, { transB: true }).shape).toEqual(['batch', 2]);
  });

  it.each([
    ['inner sizes that differ', () => onnx.MatMul(a([2, 3]), b([4, 2])), /float32\[2, 3\], float32\[4, 2\]/],
    ['stacks that differ', () => onnx.MatMul(a([2, 1, 3]), b([3, 3, 2])), /\[2, 1, 3\].*\[3, 3, 2\]/],
    ['a vector', () => onnx.MatMul(a([3]), b([3, 2])), /\[3\].*\[3, 2\]/],
    ['other types', () => onnx.MatMul(a([1, 3]), input('b', [3, 2], 'float64')), /float32.*float64\[3, 2\]/],
    ['other types in Gemm', () => onnx.Gemm(a([1, 3]), input('b', [3, 2], 'float64')), /float32.*float64/],
    [
      'inner sizes of a turned matrix',
      () => onnx.Gemm(a([2, 3]), b([3, 2]), undefined, { transB: true }),
      /\[2, 3\].*\[3, 2\]/,
    ],
    ['a stack in Gemm', () => onnx.Gemm(a([1, 2, 3]), b([3, 2])), /\[1, 2, 3\].*\[3, 2\]/],
    [
      'a sum that would stretch the product',
      () => onnx.Gemm(a([1, 3]), b([3, 2]), input('c', [4, 2])),
      /\[4, 2\]/,
    ],
  ])('refuse %s and show both shapes', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});

describe('Gemm', () => {
  it('computes alpha a b + beta c', async () => {
    const of = (shape: number[], values: number[]) => tensor('float32', shape, Float32Array.from(values));
    const y = onnx.Gemm(a([1, 2]), b([2, 2]), input('c', [2]), { alpha: 2, beta: -1 });
    const result = await evaluate(
      { y },
      { a: of([1, 2], [1, 2]), b: of([2, 2], [1, 0, 3, 1]), c: of([2], [1, 10]) },
    );
    expect([...(result.y.data as Float32Array)]).toEqual([2 * 7 - 1, 2 * 2 - 10]);
  });
});
