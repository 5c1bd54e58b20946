import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { apply, input, onnx, type Shape } from '../index.js';

const sizes = fc.integer({ min: 1, max: 4 });
const shapes = fc.array(sizes, { minLength: 2, maxLength: 5 });
const x = (shape: Shape) => input('x', shape);
const statistics = (shape: Shape) => ({
  scale: input('scale', shape),
  bias: input('bias', shape),
  mean: input('mean', shape),
  variance: input('variance', shape),
});

describe('types of normalisations', () => {
  it('are what ONNX Runtime returns for batches', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const [image, perChannel] = [x(shape), statistics([shape[1]])];
        const { inferred, returned } = await compareTypes([onnx.BatchNormalization(image, perChannel)]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 6 },
    );
  });

  it('are what ONNX Runtime returns for layers, from any axis on', async () => {
    const shapesWithAxis = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
    );
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, async ([shape, axis]) => {
        const [image, { scale, bias }] = [x(shape), statistics(shape.slice(axis))];
        const { inferred, returned } = await compareTypes([
          onnx.LayerNormalization(image, { scale, bias }, { axis }),
          onnx.LayerNormalization(image, { scale }, { axis, epsilon: 1e-3 }),
        ]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 6 },
    );
  });

  it('are what ONNX Runtime returns for the training mode that files may have', async () => {
    const training = onnx.OPERATORS.get('BatchNormalization')!;
    const { scale, bias, mean, variance } = statistics([3]);
    const outputs = apply(training, [x([2, 3]), scale, bias, mean, variance], { training_mode: 1 });
    const { inferred, returned } = await compareTypes(outputs);
    expect(inferred).toEqual(returned);
  });

  it('carry the name of a size through', () => {
    expect(onnx.BatchNormalization(x(['batch', 3, 4]), statistics([3])).shape).toEqual(['batch', 3, 4]);
    expect(onnx.LayerNormalization(x(['batch', 3]), statistics([3])).shape).toEqual(['batch', 3]);
  });

  it.each([
    ['a vector', () => onnx.BatchNormalization(x([3]), statistics([3])), /float32\[3\].*channels/],
    [
      'another number of channels',
      () => onnx.BatchNormalization(x([2, 3]), statistics([2])),
      /\[2, 3\].*\[2\]/,
    ],
    [
      'statistics of another type',
      () => onnx.BatchNormalization(x([2, 3]), { ...statistics([3]), mean: input('mean', [3], 'float64') }),
      /float64\[3\].*types/,
    ],
    [
      'a scale that does not fit the layer',
      () => onnx.LayerNormalization(x([2, 3]), statistics([2])),
      /\[3\]/,
    ],
    [
      'an axis beyond the last',
      () => onnx.LayerNormalization(x([2, 3]), statistics([3]), { axis: 2 }),
      /axis 2/,
    ],
  ])('refuse %s and show the shapes', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});
