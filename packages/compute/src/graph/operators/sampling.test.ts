import fc from 'fast-check';
import { evaluateAt } from '../../gradient/__fixtures__/finite-differences.js';
import { compareTypes } from '../__fixtures__/inferred-type.js';
import { input, interpolate, onnx, scalar, type Shape, type Value } from '../index.js';
import type { GridOptions } from './sampling.js';

const sizes = fc.integer({ min: 1, max: 4 });
const [x, grid, theta] = ['x', 'grid', 'theta'].map((name) => (shape: Shape) => input(name, shape));

/** Four pixels, read at places (x, y). */
const IMAGE = { shape: [1, 1, 2, 2], data: [1, 2, 30, 40] };
const at = (...places: number[][]) => ({ shape: [1, 1, places.length, 2], data: places.flat() });

describe('types of operators that read between pixels', () => {
  it('are what ONNX Runtime returns', async () => {
    const shapes = fc.tuple(sizes, sizes, sizes, sizes, sizes, sizes);
    await fc.assert(
      fc.asyncProperty(shapes, async ([batch, channels, height, width, rows, columns]) => {
        const { inferred, returned } = await compareTypes([
          onnx.GridSample(x([batch, channels, height, width]), grid([batch, rows, columns, 2])),
          onnx.AffineGrid(theta([batch, 2, 3]), [batch, channels, height, width]),
          interpolate(
            input('planes', [batch, channels, height, width]),
            { from: input('column', [rows]), by: input('right', [batch, 1, rows]) },
            { from: input('row', []), by: input('down', [batch, channels, rows]) },
          ),
        ]);
        expect(inferred).toEqual(returned);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['another batch', () => onnx.GridSample(x([2, 1, 3, 3]), grid([1, 4, 4, 2])), /\[2, 1.*\[1, 4/],
    ['places of three numbers', () => onnx.GridSample(x([1, 1, 3, 3]), grid([1, 4, 4, 3])), /\[1, 4, 4, 3\]/],
    ['a volume', () => onnx.GridSample(x([1, 1, 3, 3, 3]), grid([1, 4, 4, 2])), /\[1, 1, 3, 3, 3\]/],
    [
      'other types',
      () => onnx.GridSample(x([1, 1, 3, 3]), input('g', [1, 4, 4, 2], 'float64')),
      /float32.*float64/,
    ],
    ['a transform of a volume', () => onnx.AffineGrid(theta([1, 3, 4]), [1, 1, 2, 2]), /\[1, 3, 4\]/],
    [
      'transforms that are not one for each image',
      () => onnx.AffineGrid(theta([1, 2, 3]), [2, 1, 2, 2]),
      /2/,
    ],
    [
      'corners of a line of pixels',
      () => onnx.AffineGrid(theta([1, 2, 3]), [1, 1, 1, 2], { alignCorners: true }),
      /1 x 2/,
    ],
  ])('refuse %s', (_, build, message) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED', message: expect.stringMatching(message) }),
    );
  });
});

describe('GridSample', () => {
  const sample = (options?: GridOptions) => (image: Value, places: Value) =>
    onnx.GridSample(image, places, options);

  it('reads pixels at their middles, and half-way between two their mean', async () => {
    const places = at([-0.5, -0.5], [0.5, -0.5], [0, -0.5], [0, 0]);
    expect(await evaluateAt(sample(), IMAGE, places)).toEqual([1, 2, 1.5, 18.25]);
  });

  it('takes the outermost pixels for the corners, if told so', async () => {
    const places = at([-1, -1], [1, -1], [0, 1], [0, 0]);
    expect(await evaluateAt(sample({ alignCorners: true }), IMAGE, places)).toEqual([1, 2, 35, 18.25]);
  });

  it('is half a pixel on the border, and zero outside', async () => {
    const places = at([-1, -0.5], [-1.5, -0.5], [0.5, 7], [-1e6, 0]);
    expect(await evaluateAt(sample(), IMAGE, places)).toEqual([0.5, 0, 0, 0]);
  });
});

describe('AffineGrid', () => {
  it('takes pixels to their own places for the identity', async () => {
    const identity = { shape: [1, 2, 3], data: [1, 0, 0, 0, 1, 0] };
    const of = (alignCorners: boolean) =>
      evaluateAt((value) => onnx.AffineGrid(value, [1, 1, 2, 2], { alignCorners }), identity);
    expect(await of(false)).toEqual([-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5]);
    expect(await of(true)).toEqual([-1, -1, 1, -1, -1, 1, 1, 1]);
  });

  it('scales, shears and shifts', async () => {
    const transform = { shape: [1, 2, 3], data: [2, 0, 10, 1, 3, 20] };
    const grid = await evaluateAt((value) => onnx.AffineGrid(value, [1, 1, 1, 2]), transform);
    expect(grid).toEqual([9, 19.5, 11, 20.5]);
  });
});

describe('interpolate', () => {
  const read = (columns: number[], rows: number[], from: { column: number; row: number }) =>
    evaluateAt(
      (planes, x, y) =>
        interpolate(planes, { from: scalar(from.column, x), by: x }, { from: scalar(from.row, y), by: y }),
      IMAGE,
      ...[columns, rows].map((data) => ({ shape: [1, 1, data.length], data })),
    );

  it('counts places in pixels from a given one', async () => {
    const [columns, rows] = [
      [0, 1, 0.5, 0.5],
      [0, 0, 0, 0.5],
    ];
    const values = [1, 2, 1.5, 18.25];
    expect(await read(columns, rows, { column: 0, row: 0 })).toEqual(values);
    const shifted = [columns.map((x) => x - 1), rows.map((y) => y + 5)];
    expect(await read(shifted[0], shifted[1], { column: 1, row: -5 })).toEqual(values);
  });

  it('fades to zero within a pixel outside, and stays there', async () => {
    const columns = [-0.25, 1.25, -1, 2, 1e9, 0];
    expect(await read(columns, [0, 0, 0, 0, 0, -1.5], { column: 0, row: 0 })).toEqual([
      0.75, 1.5, 0, 0, 0, 0,
    ]);
  });

  it('is NaN at a place that is NaN', async () => {
    expect(await read([NaN, 0], [0, NaN], { column: 0, row: 0 })).toEqual([NaN, NaN]);
  });
});
