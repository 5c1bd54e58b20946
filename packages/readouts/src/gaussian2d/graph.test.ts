import fc from 'fast-check';
import {
  evaluate,
  gradients,
  input,
  onnx,
  randomFrom,
  tensor,
  type Tensor,
  type Value,
} from '@striate/compute';
import { gaussian2dReadout } from './graph.js';

const floats = (shape: readonly number[], values: readonly number[]) =>
  tensor('float32', shape, Float32Array.from(values));
const listed = ({ data }: Tensor) => [...(data as Float32Array)];

/** Two channels of 2 x 2 pixels; the second is 10 times the first. */
const MAP = floats([1, 2, 2, 2], [1, 2, 3, 4, 10, 20, 30, 40]);

function inputsOf<Name extends string>(tensors: Readonly<Record<Name, Tensor>>): Record<Name, Value> {
  const entries = Object.entries<Tensor>(tensors).map(([name, { shape, dtype }]) => [
    name,
    input(name, shape, dtype),
  ]);
  return Object.fromEntries(entries) as Record<Name, Value>;
}

async function read(tensors: Record<'map' | 'mu' | 'features' | 'bias', Tensor>, jitter?: Jitter) {
  const { map, ...weights } = inputsOf(tensors);
  const spread = jitter && inputsOf(jitter);
  const { y } = await evaluate({ y: gaussian2dReadout(map, weights, spread) }, { ...tensors, ...jitter });
  return y;
}
type Jitter = Record<'sigma' | 'eps', Tensor>;

describe('gaussian2dReadout', () => {
  it('reads corners, the middle, and half-way between two pixels', async () => {
    const y = await read({
      map: MAP,
      mu: floats([4, 2], [-1, -1, 1, 1, 0, 0, 0, -1]),
      features: floats([4, 2], [1, 0, 1, 0, 1, 0, 1, 0.1]),
      bias: floats([4], [0, 0, 0, 5]),
    });
    expect(y.shape).toEqual([1, 4]);
    expect(listed(y)).toEqual([1, 4, 2.5, 1.5 + 1.5 + 5]);
  });

  it('is zero outside, and fades to it within a pixel', async () => {
    const mu = floats([3, 2], [2, -1, 3, -1, 0, -9]);
    const [features, bias] = [floats([3, 2], [1, 0, 1, 0, 1, 0]), floats([3], [0, 0, 0])];
    expect(listed(await read({ map: MAP, mu, features, bias }))).toEqual([1, 0, 0]);
  });

  it('reads a map of one pixel', async () => {
    const map = floats([2, 1, 1, 1], [3, 4]);
    const [mu, features, bias] = [floats([1, 2], [0.3, -0.7]), floats([1, 1], [2]), floats([1], [1])];
    expect(listed(await read({ map, mu, features, bias }))).toEqual([7, 9]);
  });

  it('is NaN where the place is', async () => {
    const [mu, features, bias] = [floats([1, 2], [NaN, 0]), floats([1, 2], [1, 1]), floats([1], [1])];
    expect(listed(await read({ map: MAP, mu, features, bias }))).toEqual([NaN]);
  });

  const weights = { mu: floats([1, 2], [0, 0]), features: floats([1, 2], [1, 0]), bias: floats([1], [0]) };
  it.each<[string, Tensor, number]>([
    ['isotropic', floats([1, 1], [0.5]), 2.5 + 0.5 * 0.5 + 0.25],
    ['along x and y', floats([1, 2], [0.5, 0.25]), 2.5 + 0.5 * 0.5 + 0.125],
    ['full', floats([1, 2, 2], [0, 1, 0.5, 0]), 2.5 + 0.5 * 0.5 + 0.5],
  ])('moves about its centre in training, %s', async (_, sigma, expected) => {
    // The first channel is 2.5 + x / 2 + y.
    const jitter = { sigma, eps: floats([1, 1, 2], [1, 0.5]) };
    expect(listed(await read({ map: MAP, ...weights }, jitter))).toEqual([expected]);
  });

  it('stays on the map in training, at another place in each image', async () => {
    const map = floats([2, 2, 2, 2], [...(MAP.data as Float32Array), ...(MAP.data as Float32Array)]);
    const jitter = { sigma: floats([1, 1], [10]), eps: floats([2, 1, 2], [1, 1, -1, -1]) };
    expect(listed(await read({ map, ...weights }, jitter))).toEqual([4, 1]);
  });

  it('is what GridSample reads, weighted; and so are its gradients', async () => {
    const sizes = fc.integer({ min: 1, max: 5 });
    const sides = fc.oneof(sizes, fc.constant(11)); // small maps and large ones are read in two ways
    await fc.assert(
      fc.asyncProperty(fc.tuple(sizes, sizes, sides, sides, sizes), fc.integer(), async (shape, seed) => {
        const [batch, channels, height, width, voxels] = shape;
        const random = randomFrom(seed);
        const tensors = {
          map: random.normal([batch, channels, height, width], 1),
          mu: random.uniform([voxels, 2], -1.5, 1.5),
          features: random.normal([voxels, channels], 1),
          bias: random.normal([voxels], 1),
        };
        const upstream = random.normal([batch, voxels], 1);
        const { map, ...weights } = inputsOf(tensors);
        const places = onnx.Reshape(onnx.Expand(weights.mu, [batch, voxels, 2]), [batch, voxels, 1, 2]);
        const sampled = onnx.Squeeze(onnx.GridSample(map, places, { alignCorners: true }), [3]);
        const weighted = onnx.ReduceSum(onnx.Mul(sampled, onnx.Transpose(weights.features)), { axes: [1] });
        const weight = input('upstream', [batch, voxels]);
        const outputs = (name: string, y: Value) => {
          const pulled = gradients(y, [map, weights.mu, weights.features], weight);
          return Object.fromEntries([y, ...pulled].map((value, i) => [`${name}${i}`, value]));
        };
        const result = await evaluate(
          {
            ...outputs('expected', onnx.Add(weighted, weights.bias)),
            ...outputs('actual', gaussian2dReadout(map, weights)),
          },
          { ...tensors, upstream },
        );
        for (let i = 0; i < 4; i++) {
          const [actual, expected] = [listed(result[`actual${i}`]), listed(result[`expected${i}`])];
          expect(actual).toHaveLength(expected.length);
          actual.forEach((value, j) => expect(value).toBeCloseTo(expected[j], 4));
        }
      }),
      { numRuns: 15 },
    );
  });
});
