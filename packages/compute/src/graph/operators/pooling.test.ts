import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { poolings } from '../__fixtures__/pooling.js';
import { apply } from '../operator.js';
import { evaluate, input, onnx, tensor, toModel, type Shape, type Value } from '../../index.js';

const x = (shape: Shape) => input('x', shape);

async function expectInferred(...values: Value[]) {
  const { inferred, returned } = await compareTypes(values);
  expect(inferred).toEqual(returned);
}

describe('types of pooling', () => {
  it('are what ONNX Runtime returns', async () => {
    await fc.assert(
      fc.asyncProperty(poolings, async ({ x: shape, options: { countIncludePad, ...options } }) => {
        const image = x(shape);
        await expectInferred(
          onnx.AveragePool(image, { ...options, countIncludePad }),
          ...Object.values(onnx.MaxPoolWithIndices(image, options)),
          onnx.GlobalAveragePool(image),
        );
      }),
      { numRuns: 40 },
    );
  });

  it.each(['SAME_UPPER', 'SAME_LOWER', 'VALID'])(
    'are what ONNX Runtime returns for auto_pad %s',
    async (mode) => {
      const maxPool = onnx.OPERATORS.get('MaxPool')!;
      await fc.assert(
        fc.asyncProperty(poolings, async ({ x: shape, options: { kernel, strides } }) => {
          const large = shape.map((size, axis) => (axis < 2 ? size : size + kernel[axis - 2]));
          await expectInferred(
            ...apply(maxPool, [x(large)], { auto_pad: mode, kernel_shape: kernel, strides }),
          );
        }),
        { numRuns: 10 },
      );
    },
  );

  it('carry the name of the batch through', () => {
    const named = x(['batch', 3, 4, 4]);
    expect(onnx.MaxPool(named, { kernel: [2, 2], strides: [2, 2] }).shape).toEqual(['batch', 3, 2, 2]);
    expect(onnx.GlobalAveragePool(named).shape).toEqual(['batch', 3, 1, 1]);
  });

  it.each([
    ['a window of other axes', () => onnx.MaxPool(x([1, 1, 4, 4]), { kernel: [2] }), /\[1, 1, 4, 4\].*\[2\]/],
    ['a window that does not fit', () => onnx.AveragePool(x([1, 1, 2]), { kernel: [3] }), /longer than/],
    ['pads as wide as the window', () => onnx.MaxPool(x([1, 1, 4]), { kernel: [2], pads: [2, 0] }), /below/],
    ['an image of a size not known', () => onnx.MaxPool(x([1, 1, 'width']), { kernel: [2] }), /"width"/],
    ['no spatial axes', () => onnx.GlobalAveragePool(x([2, 3])), /\[2, 3\]/],
  ])('refuse %s and show the shape', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});

describe('pooling', () => {
  const values = async (build: (line: Value) => Value, ...line: number[]) => {
    const feeds = { x: tensor('float32', [1, 1, line.length], Float32Array.from(line)) };
    const { y } = await evaluate({ y: build(x([1, 1, line.length])) }, feeds);
    return Array.from(y.data as Float32Array);
  };

  it('takes means of what is there, or of pads too', async () => {
    const options = { kernel: [2], strides: [2], pads: [1, 0] };
    expect(await values((line) => onnx.AveragePool(line, options), 2, 4, 6)).toEqual([2, 5]);
    const withPads = { ...options, countIncludePad: true };
    expect(await values((line) => onnx.AveragePool(line, withPads), 2, 4, 6)).toEqual([1, 5]);
  });

  it('puts one more window where something is left over in ceil mode, and counts nothing behind the end', async () => {
    const options = { kernel: [2], strides: [2], ceilMode: true };
    expect(await values((line) => onnx.AveragePool(line, options), 2, 4, 6)).toEqual([3, 6]);
    expect(await values((line) => onnx.MaxPool(line, options), 2, 4, -6)).toEqual([4, -6]);
  });

  it('asks for places of the largest only where they are read', () => {
    const { y, indices } = onnx.MaxPoolWithIndices(x([1, 1, 4]), { kernel: [2] });
    expect(toModel({ y }).graph.node[0].output).toEqual(['y']);
    expect(toModel({ y, indices }).graph.node[0].output).toEqual(['y', 'indices']);
    expect(toModel({ read: onnx.Neg(onnx.Cast(indices, 'float32')) }).graph.node[0].output).toHaveLength(2);
  });
});
