import { constant, encodeModel, input, openSession, type Value } from '@striate/compute';
import type { FittedReadout } from '@striate/contracts';
import type { WholeFit } from '@striate/core';
import { encodingModel } from './encoding-model.js';

const image = input('image', ['height', 'width', 3], 'uint8');
const features = constant('float32', [1, 1], Float32Array.of(0));
const about = { description: '', metadata: {} };

/** A group of voxels, each predicted as a number of its own; without numbers, a readout that has no graph. */
function group(voxels: readonly number[], predictions?: readonly number[]) {
  const graph = (values: readonly number[]): Value =>
    constant('float32', [1, values.length], Float32Array.from(values));
  const toGraph = predictions && (() => Promise.resolve(graph(predictions)));
  return { voxels, fitted: { toGraph } as unknown as FittedReadout };
}

const fitOf = (...groups: ReturnType<typeof group>[]) =>
  ({ groups, readout: { name: 'mine' } }) as unknown as WholeFit;

describe('encodingModel', () => {
  it('gives every voxel its own place, however they were grouped', async () => {
    const whole = fitOf(group([2, 0], [20, 0]), group([3, 1], [30, 10]));
    const session = await openSession(encodeModel(await encodingModel({ image, features }, whole, about)));
    const pixel = { dtype: 'uint8' as const, shape: [1, 1, 3], data: new Uint8Array(3) };
    const { predictions } = await session.run({ image: pixel });
    expect(predictions.shape).toEqual([1, 4]);
    expect([...(predictions.data as Float32Array)]).toEqual([0, 10, 20, 30]);
    await session.dispose();
  });

  it('refuses a readout that has no graph', async () => {
    await expect(encodingModel({ image, features }, fitOf(group([0])), about)).rejects.toMatchObject({
      code: 'STRIATE_UNSUPPORTED',
      message: 'The readout "mine" cannot be written into an ONNX file.',
    });
  });
});
