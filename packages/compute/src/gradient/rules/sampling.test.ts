import fc from 'fast-check';
import { evaluate, input, interpolate, onnx, scalar, tensor, type Value } from '../../index.js';
import { gradientError } from '../__fixtures__/finite-differences.js';
import { gradients } from '../gradient.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sizes = fc.integer({ min: 1, max: 4 });

/** At pixels' middles slopes jump, and a difference across says nothing: a place is a cell and a distance in it. */
const DISTANCES = [0.1, 0.9] as const;
const cellsUpTo = (size: number) => [-2, size + 1] as const;

/** Coordinates of places in pixels along an axis of an image. */
function normal(pixels: Value, size: number, alignCorners: boolean): Value {
  const scale = 2 / (alignCorners ? Math.max(1, size - 1) : size);
  return onnx.Mul(onnx.Sub(pixels, scalar((size - 1) / 2, pixels)), scalar(scale, pixels));
}

const floats = (shape: readonly number[], values: readonly number[]) =>
  tensor('float64', shape, Float64Array.from(values));
const inputOf = (name: string, shape: readonly number[]) => input(name, shape, 'float64');

describe('gradients of operators that read between pixels', () => {
  it('GridSample agrees with finite differences in images and places, outside ones too', async () => {
    const shapes = fc.tuple(sizes, sizes, sizes, sizes, sizes, sizes);
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), seeds, async (shape, alignCorners, seed) => {
        const [batch, channels, height, width, rows, columns] = shape;
        const places = [batch, rows, columns, 1];
        const error = await gradientError({
          inputs: [
            { shape: [batch, channels, height, width] },
            ...[DISTANCES, DISTANCES].map((range) => ({ shape: places, range })),
            ...[width, height].map((size) => ({ shape: places, range: cellsUpTo(size), isFixed: true })),
          ],
          build: (x, ofColumn, ofRow, column, row) => {
            const along = (distance: Value, cell: Value, size: number) =>
              normal(onnx.Add(onnx.Floor(cell), distance), size, alignCorners);
            const grid = onnx.Concat([along(ofColumn, column, width), along(ofRow, row, height)], 3);
            return onnx.GridSample(x, grid, { alignCorners });
          },
          seed,
        });
        expect(error).toBeLessThan(1e-7);
      }),
      { numRuns: 25 },
    );
  });

  it('AffineGrid agrees with finite differences', async () => {
    const shapes = fc.tuple(sizes, sizes, sizes);
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), seeds, async ([batch, height, width], isAligned, seed) => {
        const alignCorners = isAligned && height > 1 && width > 1;
        const error = await gradientError({
          inputs: [{ shape: [batch, 2, 3] }],
          build: (theta) => onnx.AffineGrid(theta, [batch, 1, height, width], { alignCorners }),
          seed,
        });
        expect(error).toBeLessThan(1e-7); // ONNX Runtime places pixels in float32
      }),
      { numRuns: 12 },
    );
  });

  it('GridSample: worked by hand', async () => {
    // A quarter of the way from pixel 1 to pixel 5: 2 = 0.75 * 1 + 0.25 * 5; a pixel is half the width of the image.
    const [x, grid] = [inputOf('x', [1, 1, 1, 2]), inputOf('grid', [1, 1, 1, 2])];
    const y = onnx.GridSample(x, grid);
    const [toX, toGrid] = gradients(onnx.ReduceSum(y), [x, grid]);
    const feeds = { x: floats([1, 1, 1, 2], [1, 5]), grid: floats([1, 1, 1, 2], [-0.25, 0]) };
    const result = await evaluate({ y, toX, toGrid }, feeds);
    expect([...(result.y.data as Float64Array)]).toEqual([2]);
    expect([...(result.toX.data as Float64Array)]).toEqual([0.75, 0.25]);
    expect((result.toGrid.data as Float64Array)[0]).toBe(5 - 1);
  });

  it('GridSample has no slope outside of the image', async () => {
    const [x, grid] = [inputOf('x', [1, 1, 2, 2]), inputOf('grid', [1, 1, 3, 2])];
    const [toX, toGrid] = gradients(onnx.ReduceSum(onnx.GridSample(x, grid)), [x, grid]);
    const places = floats([1, 1, 3, 2], [-1.7, 0, 0, 1e30, -5, 5]);
    const result = await evaluate({ toX, toGrid }, { x: floats([1, 1, 2, 2], [1, 2, 3, 4]), grid: places });
    expect([...(result.toX.data as Float64Array)]).toEqual([0, 0, 0, 0]);
    expect([...(result.toGrid.data as Float64Array)].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('GridSample counts nothing twice where places are computed from the image itself', async () => {
    const inputs = [{ shape: [1, 1, 2, 2], range: [0.05, 0.2] as const }];
    const build = (x: Value) => onnx.GridSample(x, onnx.Reshape(x, [1, 1, 2, 2]));
    expect(await gradientError({ inputs, build, seed: 1 })).toBeLessThan(1e-7);
  });

  it('interpolate agrees with finite differences when channels share their places', async () => {
    const places = [2, 1, 5];
    const error = await gradientError({
      inputs: [
        { shape: [2, 3, 3, 4] },
        { shape: places, range: [1.1, 1.9] },
        { shape: places, range: [0.1, 0.9] },
      ],
      build: (planes, x, y) =>
        interpolate(planes, { from: scalar(-1, x), by: x }, { from: scalar(2, y), by: y }),
      seed: 1,
    });
    expect(error).toBeLessThan(1e-7);
  });
});
