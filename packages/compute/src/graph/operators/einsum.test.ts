import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { evaluate, input, onnx, tensor, type Shape } from '../../index.js';

const [a, b] = ['a', 'b'].map((name) => (shape: Shape) => input(name, shape));

/** Any letters for two operands, which may stand twice, and some of them for the output. */
const equations = fc
  .tuple(
    fc.array(fc.constantFrom(...'ijkl'), { maxLength: 4 }),
    fc.array(fc.constantFrom(...'ijkl'), { maxLength: 3 }),
  )
  .chain(([left, right]) => {
    const letters = [...new Set([...left, ...right])];
    const outputs = fc.shuffledSubarray(letters);
    const sizes = fc.tuple(
      ...letters.map((letter) => fc.tuple(fc.constant(letter), fc.integer({ min: 1, max: 3 }))),
    );
    return fc.record({ left: fc.constant(left), right: fc.constant(right), output: outputs, sizes });
  });

describe('Einsum', () => {
  it('infers the type that ONNX Runtime returns for any equation', async () => {
    await fc.assert(
      fc.asyncProperty(equations, async ({ left, right, output, sizes }) => {
        const sizeOf = new Map(sizes);
        const shape = (letters: readonly string[]) => letters.map((letter) => sizeOf.get(letter)!);
        const equation = `${left.join('')}, ${right.join('')} -> ${output.join('')}`;
        const { inferred, returned } = await compareTypes([
          onnx.Einsum(equation, a(shape(left)), b(shape(right))),
        ]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 30 },
    );
  });

  it('carries the name of a size through', () => {
    expect(onnx.Einsum('ni,ij->nj', a(['batch', 3]), b([3, 2])).shape).toEqual(['batch', 2]);
  });

  it('multiplies and sums: [1, 2] and [[3, 4], [5, 6]] make [1 * 3 + 2 * 5, 1 * 4 + 2 * 6]', async () => {
    const of = (shape: number[], values: number[]) => tensor('float32', shape, Float32Array.from(values));
    const y = onnx.Einsum('i,ij->j', a([2]), b([2, 2]));
    const result = await evaluate({ y }, { a: of([2], [1, 2]), b: of([2, 2], [3, 4, 5, 6]) });
    expect([...(result.y.data as Float32Array)]).toEqual([13, 16]);
  });

  it.each([
    ['no output', () => onnx.Einsum('ij,jk', a([2, 3]), b([3, 2])), /form/],
    ['axes that are not named', () => onnx.Einsum('...i->i', a([2, 3])), /form/],
    ['another number of operands', () => onnx.Einsum('ij,jk->ik', a([2, 3])), /2 operands/],
    ['another number of axes', () => onnx.Einsum('ijk->i', a([2, 3])), /\[2, 3\].*operand 0/],
    ['an index of two sizes', () => onnx.Einsum('ij,jk->ik', a([2, 3]), b([4, 2])), /"j" the sizes 3 and 4/],
    ['an output index that no operand has', () => onnx.Einsum('ij->ik', a([2, 3])), /each index/],
    ['an output index twice', () => onnx.Einsum('ij->ii', a([2, 3])), /each index/],
    ['other types', () => onnx.Einsum('i,i->', a([2]), input('b', [2], 'float64')), /float64/],
  ])('refuses %s and shows the shapes', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});
