import { constant, encodeModel, input, onnx, toModel } from '@striate/compute';
import { labelled } from '@striate/contracts';
import type { WholeFit } from '@striate/core';
import { createSyntheticDataset } from '@striate/datasets';
import { verifyExport } from './verify.js';

/** A file that predicts these numbers, whatever the image. */
function fileThatPredicts(values: readonly number[]): Uint8Array {
  const image = input('image', ['height', 'width', 3], 'uint8');
  const nothing = onnx.Mul(
    onnx.ReduceSum(onnx.Cast(image, 'float32')),
    constant('float32', [1], Float32Array.of(0)),
  );
  const predictions = onnx.Add(constant('float32', [1, values.length], Float32Array.from(values)), nothing);
  return encodeModel(toModel({ predictions }, { inputs: [image] }));
}

/** A fit of two voxels to two images, of which the pipeline predicts the same numbers. */
async function pipelineThatPredicts(values: readonly number[]): Promise<WholeFit> {
  const dataset = createSyntheticDataset();
  const options = dataset.parseOptions({ nStimuli: 20 });
  const { stimuli } = await dataset.doOpen(options, { baseFolder: '.', device: 'cpu' });
  return {
    model: { name: 'net' },
    readout: { name: 'ridge' },
    subject: { seen: [0, 1], voxelIds: ['a', 'b'] },
    comparison: { stimuli },
    predict: (positions: readonly number[]) =>
      Promise.resolve(
        labelled(
          ['stimulus', 'voxel'],
          [positions.length, 2],
          Float64Array.from(positions.flatMap(() => values)),
        ),
      ),
  } as unknown as WholeFit;
}

describe('verifyExport', () => {
  it('tells the largest difference as a share of the largest prediction', async () => {
    const bytes = fileThatPredicts([4, -8 + 2 ** -16]);
    expect(await verifyExport(bytes, await pipelineThatPredicts([4, -8]))).toEqual({
      difference: 2 ** -19, // 2^-16 of 8
      nImages: 2,
    });
  });

  it('takes a voxel that both leave undefined', async () => {
    const bytes = fileThatPredicts([1, Number.NaN]);
    expect(await verifyExport(bytes, await pipelineThatPredicts([1, Number.NaN]))).toMatchObject({
      difference: 0,
    });
  });

  it.each([
    ['another number', [1, 2.001], [1, 2]],
    ['a number where the pipeline has none', [1, 2], [1, Number.NaN]],
    ['no number where the pipeline has one', [Number.NaN, 2], [1, 2]],
  ])('refuses a file that predicts %s, and says whose it is', async (_, file, pipeline) => {
    const verified = verifyExport(fileThatPredicts(file), await pipelineThatPredicts(pipeline));
    await expect(verified).rejects.toMatchObject({
      code: 'STRIATE_BROKEN_PROMISE',
      message: expect.stringContaining('export/same-predictions') as string,
      hint: expect.stringContaining('model "net"') as string,
    });
  });
});
