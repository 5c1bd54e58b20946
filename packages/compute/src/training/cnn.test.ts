// A small CNN learns to tell orientations: everything between a graph and a trained network at once.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { input, onnx, parameter, toModel, type Parameter, type Value } from '../graph/index.js';
import { batchNormalisation } from '../layers/index.js';
import { encodeModel } from '../onnx/model.js';
import { openSession } from '../session/session.js';
import type { Tensor } from '../session/tensor.js';
import { makeGratings, N_CLASSES, SIZE, takeRows } from './__fixtures__/gratings.js';
import { crossEntropy } from './loss.js';
import { adam } from './optimiser.js';
import { constantRate } from './schedule.js';
import { train, type Trained } from './train.js';

const [N_TRAIN, N_TEST, BATCH] = [256, 200, 32];

/** Uniform numbers between -limit and limit. */
function drawn(name: string, shape: readonly number[], limit: number): Parameter {
  const generator = xoroshiro128plus(name.length + 1);
  const count = shape.reduce((product, size) => product * size, 1);
  const draw = () => limit * (2 * uniformFloat64(generator) - 1);
  return parameter(name, { dtype: 'float32', shape, data: Float32Array.from({ length: count }, draw) });
}

const filled = (name: string, count: number, value: number) =>
  parameter(name, { dtype: 'float32', shape: [count], data: new Float32Array(count).fill(value) });

function openNetwork() {
  const trained = {
    near: drawn('near', [8, 1, 5, 5], 0.3),
    scale: filled('scale', 8, 1),
    bias: filled('bias', 8, 0),
    wider: drawn('wider', [16, 8, 3, 3], 0.2),
    weights: drawn('weights', [N_CLASSES, 16], 0.3),
    offsets: filled('offsets', N_CLASSES, 0),
  };
  const statistics = { mean: filled('mean', 8, 0), variance: filled('variance', 8, 1) };
  return {
    parameters: Object.values(trained),
    stored: [...Object.values(trained), ...Object.values(statistics)],
    build(images: Value, mode: 'training' | 'evaluation') {
      const seen = onnx.Conv(images, trained.near, undefined, { strides: [2, 2], pads: [2, 2, 2, 2] });
      const { y, running } = batchNormalisation(seen, { ...trained, ...statistics }, { mode });
      const pooled = onnx.MaxPool(onnx.Relu(y), { kernel: [2, 2], strides: [2, 2] });
      const map = onnx.Relu(onnx.Conv(pooled, trained.wider, undefined, { pads: [1, 1, 1, 1] }));
      const means = onnx.Flatten(onnx.GlobalAveragePool(map));
      return { logits: onnx.Gemm(means, trained.weights, trained.offsets, { transB: true }), running };
    },
  };
}

async function trainNetwork(): Promise<Trained> {
  const network = openNetwork();
  const { logits, running } = network.build(input('images', [BATCH, 1, SIZE, SIZE]), 'training');
  const loss = crossEntropy(logits, input('classes', [BATCH, N_CLASSES]));
  const { images, classes } = makeGratings(N_TRAIN, 1);
  const data = {
    ...{ nBatches: N_TRAIN / BATCH, batchSize: BATCH },
    *batches(_epoch: number, start: number) {
      for (let at = start * BATCH; at < N_TRAIN; at += BATCH)
        yield { images: takeRows(images, at, BATCH), classes: takeRows(classes, at, BATCH) };
    },
  };
  const problem = { loss, parameters: network.parameters, running };
  return train(problem, data, { optimiser: adam(), learningRate: constantRate(0.01), maxEpochs: 8 });
}

async function measureAccuracy(parameters: ReadonlyMap<string, Tensor>): Promise<number> {
  const { images, classes } = makeGratings(N_TEST, 2);
  const network = openNetwork();
  const { logits } = network.build(input('images', images.shape), 'evaluation');
  const session = await openSession(encodeModel(toModel({ logits }, { inputs: network.stored })));
  const { logits: scores } = await session.run({ images, ...Object.fromEntries(parameters) });
  await session.dispose();
  const rows = Array.from({ length: N_TEST }, (_, i) => i);
  const ofRow = (i: number) => [...(scores.data as Float32Array).slice(i * N_CLASSES, (i + 1) * N_CLASSES)];
  const isHit = (i: number) => classes.data[i * N_CLASSES + ofRow(i).indexOf(Math.max(...ofRow(i)))] === 1;
  return rows.filter(isHit).length / N_TEST;
}

describe('a small CNN', () => {
  it('tells orientations that it has not seen, and comes out the same every time', async () => {
    const { parameters, stoppedBy } = await trainNetwork();
    expect(stoppedBy).toBe('epochs');
    const untrained = new Map(openNetwork().stored.map(({ origin }) => [origin.name, origin.initial]));
    expect(await measureAccuracy(untrained)).toBeLessThan(0.5);
    expect(await measureAccuracy(parameters)).toBeGreaterThan(0.95);
    expect((await trainNetwork()).parameters).toEqual(parameters);
  });
});
