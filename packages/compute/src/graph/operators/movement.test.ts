import fc from 'fast-check';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { constant, input, integers, onnx, type Shape, type Value } from '../index.js';

const sizes = fc.integer({ min: 1, max: 4 });
const shapes = fc.array(sizes, { minLength: 1, maxLength: 4 });
const shapesWithAxis = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
);

async function expectInferred(...values: Value[]) {
  const { inferred, returned } = await compareTypes(values);
  expect(inferred).toEqual(returned);
}

const malformed = (message: RegExp) =>
  expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) });
const of = (shape: Shape) => input('x', shape);

describe('types of operators that move elements', () => {
  it('are what ONNX Runtime returns', async () => {
    await fc.assert(
      fc.asyncProperty(shapesWithAxis, async ([shape, axis]) => {
        const x = of(shape);
        const indices = onnx.Reshape(integers([0, 0, 0]), [3, 1]);
        const wide = [2, ...shape];
        await expectInferred(
          onnx.Reshape(x, [0, -1, 1].slice(shape.length === 1 ? 1 : 0)),
          onnx.Transpose(x),
          onnx.Flatten(x, axis),
          onnx.Unsqueeze(x, [axis, shape.length].map((at) => (at < 0 ? at - 1 : at)).slice(0, 1)),
          onnx.Squeeze(onnx.Unsqueeze(x, [0, -1])),
          onnx.Squeeze(onnx.Unsqueeze(x, [0, -1]), [-1]),
          onnx.Expand(x, wide),
          onnx.Concat([x, x, x], axis),
          onnx.Gather(x, indices, axis),
          onnx.GatherElements(x, onnx.Expand(integers([0]), shape), axis),
          onnx.ScatterElements(x, onnx.Expand(integers([0]), shape), x, { axis, reduction: 'add' }),
          onnx.Pad(x, [...shape.map(() => 2), ...shape.map(() => -1)]),
          ...onnx.Split(onnx.Concat([x, x], axis), [shape.at(axis)!, shape.at(axis)!], axis),
        );
      }),
      { numRuns: 8 },
    );
  });

  it('are what ONNX Runtime returns for any slice, empty ones too', async () => {
    const places = fc.array(fc.integer({ min: -7, max: 7 }), { minLength: 2, maxLength: 2 });
    const steps = fc.array(fc.constantFrom(-3, -2, -1, 1, 2, 3), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(places, places, steps, async (starts, ends, by) => {
        await expectInferred(onnx.Slice(of([5, 2, 4]), { starts, ends, axes: [-1, 0], steps: by }));
      }),
      { numRuns: 40 },
    );
  });

  it('carry the name of a size through', () => {
    const x = of(['batch', 3, 4]);
    expect(onnx.Reshape(x, [0, -1]).shape).toEqual(['batch', 12]);
    expect(onnx.Reshape(x, [-1, 12]).shape).toEqual(['batch', 12]);
    expect(onnx.Flatten(x).shape).toEqual(['batch', 12]);
    expect(onnx.Transpose(x, [1, 0, 2]).shape).toEqual([3, 'batch', 4]);
    expect(onnx.Concat([x, x], 2).shape).toEqual(['batch', 3, 8]);
    expect(onnx.Slice(x, { starts: [1], ends: [2], axes: [1] }).shape).toEqual(['batch', 1, 4]);
    expect(onnx.Pad(x, [0, 1, 0, 0, 1, 0]).shape).toEqual(['batch', 5, 4]);
    expect(onnx.Expand(of(['batch', 1]), [1, 5]).shape).toEqual(['batch', 5]);
  });
});

describe('operators that move elements refuse what does not fit, and show the shapes', () => {
  const at = (places: readonly number[]) => integers(places);
  const cases: [string, () => unknown, RegExp][] = [
    ['a Reshape to another count', () => onnx.Reshape(of([2, 3]), [4]), /float32\[2, 3\].*\[4\]/],
    ['a Reshape that divides nothing', () => onnx.Reshape(of([2, 3]), [4, -1]), /\[2, 3\].*\[4, -1\]/],
    ['a Reshape of a named size', () => onnx.Reshape(of(['batch', 3]), [6]), /\[batch, 3\].*\[6\]/],
    ['an order that names an axis twice', () => onnx.Transpose(of([2, 3]), [0, 0]), /\[2, 3\].*\[0, 0\]/],
    ['a slice of a named size', () => onnx.Slice(of(['batch']), { starts: [0], ends: [1] }), /"batch"/],
    ['an axis that is not there', () => onnx.Gather(of([2, 3]), at([0]), 2), /\[2, 3\].*axis 2/],
    ['places that are no integers', () => onnx.Gather(of([2, 3]), of([1])), /\[2, 3\].*\[1\].*integers/],
    ['places of another rank', () => onnx.GatherElements(of([2, 3]), at([0])), /\[2, 3\].*int64\[1\]/],
    [
      'updates that are not one for each place',
      () => onnx.ScatterElements(of([2, 3]), onnx.Reshape(at([0]), [1, 1]), input('u', [1, 2])),
      /\[2, 3\].*int64\[1, 1\].*\[1, 2\]/,
    ],
    ['parts that differ elsewhere', () => onnx.Concat([of([2, 3]), of([3, 3])], 1), /\[2, 3\].*\[3, 3\]/],
    ['parts of other types', () => onnx.Concat([of([2]), at([1])], 0), /float32\[2\], int64\[1\]/],
    ['a margin for another rank', () => onnx.Pad(of([2, 3]), [1, 1]), /\[2, 3\].*2 amounts/],
    ['a crop of more than there is', () => onnx.Pad(of([2]), [-2, -1]), /\[2\].*-1/],
    ['a stretch that is none', () => onnx.Expand(of([2, 3]), [2, 4]), /\[2, 3\].*\[2, 4\]/],
    ['an axis put in beyond the end', () => onnx.Unsqueeze(of([2]), [3]), /\[2\].*axis 3/],
    ['an axis put in twice', () => onnx.Unsqueeze(of([2]), [1, -2]), /\[2\].*\[1, -2\]/],
    ['an axis taken out that is not of size 1', () => onnx.Squeeze(of([2, 1]), [0]), /\[2, 1\].*\[0\]/],
    ['parts that do not add up', () => onnx.Split(of([2, 3]), [1, 1], 1), /\[2, 3\].*\[1, 1\].*axis 1/],
  ];

  it.each(cases)('%s', (_, build, message) => {
    expect(build).toThrow(malformed(message));
  });

  it('a target that is computed when run', () => {
    const reshape = onnx.OPERATORS.get('Reshape')!;
    expect(() => reshape.infer([of([2]), input('shape', [1], 'int64')], {})).toThrow(malformed(/constant/));
    expect(reshape.infer([of([2]), constant('int64', [2], BigInt64Array.of(2n, 1n))], {})).toEqual([
      { dtype: 'float32', shape: [2, 1] },
    ]);
  });
});
