import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { input, onnx } from '../index.js';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const shapesWithAxes = shapes.chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.option(fc.subarray([...shape.keys()], { minLength: 1 }), { nil: undefined }),
  ),
);
const { ReduceL1, ReduceL2, ReduceLogSum, ReduceLogSumExp, ReduceMax, ReduceMean } = onnx;
const { ReduceMin, ReduceProd, ReduceSum, ReduceSumSquare } = onnx;

const reductions = [
  ...[ReduceL1, ReduceL2, ReduceLogSum, ReduceLogSumExp, ReduceMax, ReduceMean],
  ...[ReduceMin, ReduceProd, ReduceSum, ReduceSumSquare],
];

describe('types of reductions', () => {
  it('are what ONNX Runtime returns', async () => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxes, fc.boolean(), async ([shape, axes], keepdims) => {
        const x = input('x', shape);
        const { inferred, returned } = await compareTypes([
          ...reductions.map((reduce) => reduce(x, { axes, keepdims })),
          onnx.Softmax(x, -shape.length),
          onnx.LogSoftmax(x),
        ]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 8 },
    );
  });

  it('carry the name of a size through', () => {
    const x = input('x', ['batch', 3]);
    expect(ReduceSum(x, { axes: [-1] }).shape).toEqual(['batch']);
    expect(ReduceSum(x, { axes: [0], keepdims: true }).shape).toEqual([1, 3]);
  });

  it.each([
    ['an axis beyond the last', () => ReduceSum(input('x', [2, 3]), { axes: [2] }), /\[2, 3\].*axis 2/],
    ['an axis before the first', () => onnx.Softmax(input('x', [2, 3]), -3), /\[2, 3\].*axis -3/],
  ])('refuse %s and show the shape', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});
