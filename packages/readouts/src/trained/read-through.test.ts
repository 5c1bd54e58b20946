import fc from 'fast-check';
import {
  constantOf,
  countOf,
  evaluate,
  gradients,
  input,
  listNodes,
  onnx,
  parameter,
  randomFrom,
} from '@striate/compute';
import { readThrough } from './read-through.js';

describe('readThrough', () => {
  const sizes = fc.integer({ min: 1, max: 6 });
  const shapes = fc.record({ batch: sizes, channels: sizes, places: sizes, voxels: sizes });

  it('sums over places and channels, whichever are more, for looks that stay and looks that move', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), fc.integer(), async (shape, isMoving, seed) => {
        const { batch, channels, places, voxels } = shape;
        const random = randomFrom(seed);
        const map = random.normal([batch, channels, places], 1);
        const looks = random.normal([voxels, isMoving ? batch : 1, places], 1);
        const [features, bias] = [random.normal([voxels, channels], 1), random.normal([voxels], 1)];
        const read = readThrough(constantOf(map), constantOf(looks), {
          features: constantOf(features),
          bias: constantOf(bias),
        });
        const { y } = await evaluate({ y: read });
        expect(y.shape).toEqual([batch, voxels]);
        for (let b = 0; b < batch; b++)
          for (let v = 0; v < voxels; v++) {
            const look = isMoving ? v * batch + b : v;
            let expected = bias.data[v];
            for (let c = 0; c < channels; c++)
              for (let p = 0; p < places; p++)
                expected +=
                  looks.data[look * places + p] *
                  features.data[v * channels + c] *
                  map.data[(b * channels + c) * places + p];
            expect(y.data[b * voxels + v]).toBeCloseTo(expected, 3);
          }
      }),
    );
  });

  it.each([
    ['channels', 512, 49],
    ['places', 3, 784],
  ])('never makes voxels x batch x %s, nor do its gradients', (_, channels, places) => {
    const [batch, voxels] = [4, 100];
    const random = randomFrom(1);
    const looks = parameter('looks', random.normal([voxels, 1, places], 1));
    const features = parameter('features', random.normal([voxels, channels], 1));
    const bias = parameter('bias', random.normal([voxels], 1));
    const y = readThrough(input('map', [batch, channels, places]), looks, { features, bias });
    const pulled = gradients(onnx.ReduceSum(y), [looks, features, bias]);
    const made = listNodes([y, ...pulled]).flatMap(({ outputs }) =>
      outputs.map((value) => countOf('a value', value)),
    );
    expect(Math.max(...made)).toBeLessThan(voxels * batch * Math.max(channels, places));
  });
});
