import fc from 'fast-check';
import {
  constant,
  evaluate,
  gradients,
  input,
  onnx,
  randomFrom,
  tensor,
  type Tensor,
  type Value,
} from '@striate/compute';
import { warp } from './warp.js';

const floats = (shape: readonly number[], values: readonly number[]) =>
  tensor('float32', shape, Float32Array.from(values));
const listed = ({ data }: Tensor) => [...(data as Float32Array)];

function expectClose(actual: Tensor, expected: Tensor, digits = 4) {
  expect(actual.shape).toEqual(expected.shape);
  listed(actual).forEach((value, i) => expect(value).toBeCloseTo(listed(expected)[i], digits));
}

describe('warp', () => {
  const planes = input('planes', [1, 1, 3]);
  const warpBy = async (...transforms: number[][]) => {
    const departures = transforms.flatMap((a) => a.map((value, i) => value - [1, 0, 0, 0, 1, 0][i]));
    const given = input('departures', [1, transforms.length, 2, 3]);
    const { y } = await evaluate(
      { y: warp(planes, given) },
      {
        planes: floats([1, 1, 3], [1, 2, 4]),
        departures: floats([1, transforms.length, 2, 3], departures),
      },
    );
    expect(y.shape).toEqual([1, transforms.length, 3]);
    return listed(y);
  };

  it('leaves planes as they are for the identity', async () => {
    expect(await warpBy([1, 0, 0, 0, 1, 0])).toEqual([1, 2, 4]);
  });

  it('reads a pixel further on for a shift by a pixel, and zero beyond the edge', async () => {
    expect(await warpBy([1, 0, 2 / 3, 0, 1, 0])).toEqual([2, 4, 0].map((value) => expect.closeTo(value, 6)));
  });

  it('mirrors, spreads and lifts out of sight, each copy by its own transform', async () => {
    expect(await warpBy([-1, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0], [1, 0, 0, 0, 1, 9])).toEqual([
      ...[4, 2, 1],
      ...[2, 2, 2],
      ...[0, 0, 0],
    ]);
  });

  it('is AffineGrid and GridSample, however many planes; and so are its gradients', async () => {
    const sizes = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(sizes, sizes, sizes, sizes), fc.integer(), async (shape, seed) => {
        const [nPlanes, copies, height, width] = shape;
        const random = randomFrom(seed);
        const [x, departures] = [
          input('x', [nPlanes, height, width]),
          input('departures', [nPlanes, copies, 2, 3]),
        ];
        const theta = onnx.Add(departures, constant('float32', [2, 3], Float32Array.of(1, 0, 0, 0, 1, 0)));
        const grid = onnx.AffineGrid(onnx.Reshape(theta, [nPlanes * copies, 2, 3]), [
          nPlanes * copies,
          1,
          height,
          width,
        ]);
        const copied = onnx.Expand(onnx.Unsqueeze(x, [1]), [nPlanes, copies, height, width]);
        const sampled = onnx.GridSample(onnx.Reshape(copied, [nPlanes * copies, 1, height, width]), grid);
        const flat = [nPlanes, copies, height * width];
        const upstream = input('upstream', flat);
        const pulled = (y: Value) => gradients(y, [x, departures], upstream);
        const [expected, actual] = [onnx.Reshape(sampled, flat), warp(x, departures)];
        const [[toX, toDepartures], [actualToX, actualToDepartures]] = [pulled(expected), pulled(actual)];
        const result = await evaluate(
          { expected, actual, toX, toDepartures, actualToX, actualToDepartures },
          {
            x: random.normal([nPlanes, height, width], 1),
            departures: random.uniform([nPlanes, copies, 2, 3], -1, 1),
            upstream: random.normal(flat, 1),
          },
        );
        expectClose(result.actual, result.expected);
        expectClose(result.actualToX, result.toX);
        expectClose(result.actualToDepartures, result.toDepartures);
      }),
      { numRuns: 15 },
    );
  });
});
