// Real networks: file → graph → file, and a frozen one in front of a readout that is trained.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel, encodeModel } from '../onnx/model.js';
import { tapLayers } from '../onnx/tap.js';
import type { Tensor } from '../session/tensor.js';
import { adam, meanSquaredError, openTrainingStep } from '../training/index.js';
import { floats, runModel } from './__fixtures__/file.js';
import { describeNetworks, networks } from './__fixtures__/shared.js';
import { fromModel, input, onnx, parameter, toModel, type Parameter, type Value } from './index.js';

const open = (name: string) => decodeModel(readFileSync(join(networks, name)), name);
const images = (count: number) => floats(count, 3, 224, 224);
const hashOf = ({ data }: Tensor) =>
  createHash('sha256').update(new Uint8Array(data.slice().buffer)).digest('hex');
const hashesOf = (tensors: Readonly<Record<string, Tensor>>) =>
  Object.entries(tensors).map(([name, tensor]) => [name, tensor.shape, hashOf(tensor)]);

describeNetworks('fromModel on real networks', () => {
  it.each([
    ['squeezenet1_1.onnx', ['conv1', 'fire5', 'logits']],
    ['mobilenet_v2_imagenet.onnx', ['block_3', 'embedding', 'logits']],
    ['mobilenet_v2_inat_bird.onnx', ['conv_1', 'logits']],
    ['resnet50_v2_stages1-3_fp16w.onnx', ['stem_relu', 'stage2_block4', 'stage3_gap']],
  ])('gives %s with the same bits at its layers', async (name, layers) => {
    const file = open(name);
    const written = decodeModel(encodeModel(toModel(fromModel(file, { outputs: layers }).outputs)), name);
    const feeds = { data: images(1) };
    const expected = await runModel(tapLayers(file, layers, name), feeds);
    expect(hashesOf(await runModel(written, feeds))).toEqual(hashesOf(expected));
  });
});

describeNetworks('a frozen network in front of a readout', () => {
  const NAME = 'squeezenet1_1.onnx';
  const [batch, nVoxels] = [2, 6];

  /** y_v = sum_c w_vc sum_p M_vp x_cp. */
  function readOut(map: Value): { readonly parameters: Parameter[]; readonly prediction: Value } {
    const [, channels, height, width] = map.shape as number[];
    const spatial = parameter('spatial', scaled(floats(nVoxels, height * width), 0.01));
    const features = parameter('features', scaled(floats(nVoxels, channels), 0.01));
    const pooled = onnx.MatMul(onnx.Reshape(map, [batch, channels, -1]), onnx.Transpose(spatial));
    const prediction = onnx.ReduceSum(onnx.Mul(pooled, onnx.Transpose(features)), { axes: [1] });
    return { parameters: [spatial, features], prediction };
  }

  const scaled = (tensor: Tensor<'float32'>, factor: number): Tensor<'float32'> => ({
    ...tensor,
    data: tensor.data.map((value) => factor * value),
  });
  const hashesOfParameters = (values: readonly Parameter[]) =>
    hashesOf(Object.fromEntries(values.map(({ origin }) => [origin.name, origin.initial])));

  it('is trained through, and stays the same to the last byte', async () => {
    const pixels = input('pixels', [batch, 3, 224, 224]);
    const file = open(NAME);
    const backbone = fromModel(file, {
      ...{ inputs: { data: pixels }, outputs: ['fire5'], isParameter: () => true },
    });
    const { parameters, prediction } = readOut(backbone.outputs.fire5);
    const target = input('target', [batch, nVoxels]);
    const loss = meanSquaredError(prediction, { target, mask: input('mask', [batch, nVoxels], 'bool') });
    const before = hashesOfParameters(backbone.parameters);
    const step = await openTrainingStep({ loss, parameters }, { optimiser: adam() });
    const feeds = {
      ...{ pixels: images(batch), target: floats(batch, nVoxels) },
      mask: {
        dtype: 'bool',
        shape: [batch, nVoxels],
        data: new Uint8Array(batch * nVoxels).fill(1),
      } as const,
    };
    const losses: number[] = [];
    for (let update = 1; update <= 8; update++)
      losses.push((await step.run(feeds, { step: update, learningRate: 0.001 })).loss);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
    const moved = parameters.flatMap(({ origin: { name } }) => [name, `${name}/mean`, `${name}/square`]);
    expect([...step.state.names].sort()).toEqual(moved.sort());
    await step.dispose();
    expect(before).toHaveLength(26); // 13 convolutions
    expect(hashesOfParameters(backbone.parameters)).toEqual(before);
    const joined = await runModel(toModel({ prediction, map: backbone.outputs.fire5 }), feeds);
    const alone = await runModel(tapLayers(file, ['fire5'], NAME), { data: feeds.pixels });
    expect(hashOf(joined.map)).toBe(hashOf(alone.fire5));
  });
});
