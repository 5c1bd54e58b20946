import fc from 'fast-check';
import { convolutions } from '../__fixtures__/convolution.js';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { apply } from '../operator.js';
import { evaluate, input, onnx, tensor, type Shape, type Value } from '../../index.js';

const x = (shape: Shape) => input('x', shape);
const w = (shape: Shape) => input('w', shape);
const b = (shape: Shape) => input('b', shape);
const conv = onnx.OPERATORS.get('Conv')!;
const floats = (shape: readonly number[], values: readonly number[]) =>
  tensor('float32', shape, Float32Array.from(values));

async function expectInferred(...values: Value[]) {
  const { inferred, returned } = await compareTypes(values);
  expect(inferred).toEqual(returned);
}

describe('types of convolutions', () => {
  it('Conv: are what ONNX Runtime returns', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, async ({ x: shape, w: filters, nFilters, hasBias, options }) => {
        await expectInferred(onnx.Conv(x(shape), w(filters), hasBias ? b([nFilters]) : undefined, options));
      }),
      { numRuns: 30 },
    );
  });

  it('ConvTranspose: are what ONNX Runtime returns, and lead back to what the Conv read', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, async ({ x: shape, w: filters, leftOver, options }) => {
        const y = onnx.Conv(x(shape), w(filters), undefined, options);
        const backOptions = { ...options, outputPadding: leftOver };
        const back = onnx.ConvTranspose(x(y.shape), w(filters), b([shape[1]]), backOptions);
        expect(back.shape).toEqual(shape);
        await expectInferred(back);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['SAME_UPPER', 'SAME_LOWER', 'VALID'])(
    'are what ONNX Runtime returns for auto_pad %s',
    async (mode) => {
      await fc.assert(
        fc.asyncProperty(convolutions, async ({ x: shape, w: filters, options }) => {
          const attributes = { auto_pad: mode, strides: options.strides, group: options.groups };
          const large = shape.map((size, axis) => (axis < 2 ? size : size + filters[axis]));
          await expectInferred(...apply(conv, [x(large), w(filters)], attributes));
        }),
        { numRuns: 10 },
      );
    },
  );

  it('carry the name of the batch through, and of sizes that stay', () => {
    const same = { pads: [1, 0, 1, 0] };
    const y = onnx.Conv(x(['batch', 2, 'height', 'width']), w([4, 2, 3, 1]), undefined, same);
    expect(y.shape).toEqual(['batch', 4, 'height', 'width']);
    expect(onnx.ConvTranspose(x(['batch', 2, 5]), w([2, 3, 3])).shape).toEqual(['batch', 3, 7]);
  });

  const refused: readonly [string, () => unknown, RegExp][] = [
    ['other channels', () => onnx.Conv(x([1, 3, 5, 5]), w([4, 2, 3, 3])), /\[1, 3, 5, 5\].*\[4, 2, 3, 3\]/],
    [
      'filters that do not share out among the groups',
      () => onnx.Conv(x([1, 4, 5]), w([3, 2, 3]), undefined, { groups: 2 }),
      /\[1, 4, 5\].*\[3, 2, 3\].*2 group/,
    ],
    ['no group', () => onnx.Conv(x([1, 4, 5]), w([3, 4, 3]), undefined, { groups: 0 }), /group is 0/],
    ['a window that does not fit', () => onnx.Conv(x([1, 1, 4, 2]), w([1, 1, 3, 3])), /spatial axis 1/],
    ['other axes', () => onnx.Conv(x([1, 1, 4]), w([1, 1, 3, 3])), /\[1, 1, 4\].*\[1, 1, 3, 3\]/],
    ['no spatial axes', () => onnx.Conv(x([1, 1]), w([1, 1])), /\[1, 1\].*\[1, 1\]/],
    ['other types', () => onnx.Conv(x([1, 1, 4]), input('w', [1, 1, 3], 'float64')), /float32.*float64/],
    ['another bias', () => onnx.Conv(x([1, 1, 4]), w([2, 1, 3]), b([3])), /\[3\].*2 elements/],
    [
      'lists of another length',
      () => onnx.Conv(x([1, 1, 4, 4]), w([1, 1, 3, 3]), undefined, { pads: [1, 1] }),
      /pads \[1, 1\] should be 4 numbers/,
    ],
    ['no step', () => onnx.Conv(x([1, 1, 4]), w([1, 1, 3]), undefined, { strides: [0] }), /strides \[0\]/],
    [
      'a size that is a name where the window changes it',
      () => onnx.Conv(x([1, 1, 'width']), w([1, 1, 3])),
      /"width" has to be known/,
    ],
    [
      'a kernel_shape that is not that of the filters',
      () => apply(conv, [x([1, 1, 4]), w([1, 1, 3])], { kernel_shape: [2] }),
      /kernel_shape says \[2\]/,
    ],
    [
      'other channels, backwards',
      () => onnx.ConvTranspose(x([1, 3, 5, 5]), w([4, 2, 3, 3])),
      /\[1, 3, 5, 5\].*\[4, 2, 3, 3\]/,
    ],
    [
      'pads that leave nothing',
      () => onnx.ConvTranspose(x([1, 1, 1]), w([1, 1, 3]), undefined, { pads: [2, 1] }),
      /pads \[2, 1\] leave nothing/,
    ],
    [
      'output padding that the stride does not explain',
      () => onnx.ConvTranspose(x([1, 1, 2]), w([1, 1, 3]), undefined, { outputPadding: [1] }),
      /output_padding \[1\]/,
    ],
    [
      'auto_pad of a ConvTranspose, which runtimes read differently',
      () =>
        apply(onnx.OPERATORS.get('ConvTranspose')!, [x([1, 1, 2]), w([1, 1, 3])], { auto_pad: 'SAME_UPPER' }),
      /SAME_UPPER has to be written as pads/,
    ],
  ];

  it.each(refused)('refuse %s and show the shapes', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});

describe('Conv', () => {
  it('slides the filter, not flipped, over the image and its margin', async () => {
    const y = onnx.Conv(x([1, 1, 2, 2]), w([1, 1, 2, 1]), b([1]), { strides: [1, 2], pads: [1, 0, 0, 0] });
    const feeds = {
      x: floats([1, 1, 2, 2], [1, 2, 3, 4]),
      w: floats([1, 1, 2, 1], [10, 1]),
      b: floats([1], [0.5]),
    };
    const result = await evaluate({ y }, feeds);
    expect(result.y.shape).toEqual([1, 1, 2, 1]);
    expect([...(result.y.data as Float32Array)]).toEqual([1.5, 13.5]);
  });
});

describe('ConvTranspose', () => {
  it('puts the filter down once for each element, scaled by it, and cuts the pads off', async () => {
    const y = onnx.ConvTranspose(x([1, 1, 2]), w([1, 1, 3]), undefined, { strides: [2], pads: [1, 0] });
    const result = await evaluate({ y }, { x: floats([1, 1, 2], [1, 10]), w: floats([1, 1, 3], [1, 2, 3]) });
    // 1 2 3 . .  +  . . 10 20 30, without the first
    expect([...(result.y.data as Float32Array)]).toEqual([2, 13, 20, 30]);
  });
});
