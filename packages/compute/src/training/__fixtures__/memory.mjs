// node --expose-gc memory.mjs <bytes leaked per step>
// Trains a small convolutional network for 1,200 steps on batches of a loader, and prints what memory was held after
// 200 steps (the best parameters are kept by then) and at the end, as JSON.
import {
  adam,
  constantRate,
  input,
  epochOrder,
  loadBatches,
  meanSquaredError,
  onnx,
  parameter,
  train,
} from '@striate/compute';

const leakedPerStep = Number(process.argv[2]);
const [EVERY, BATCH] = [100, 4];
const tensor = (shape) => {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  return { dtype: 'float32', shape, data: data.map((_, i) => Math.sin(i) / 10) };
};

const filters = parameter('filters', tensor([8, 3, 3, 3]));
const weights = parameter('weights', tensor([8 * 16 * 16, 10]));
const [x, target, mask] = [
  input('x', [BATCH, 3, 16, 16]),
  input('target', [BATCH, 10]),
  input('mask', [BATCH, 10], 'bool'),
];
const maps = onnx.Relu(onnx.Conv(x, filters, undefined, { pads: [1, 1, 1, 1] }));
const flat = onnx.Reshape(maps, [BATCH, 8 * 16 * 16]);
const loss = meanSquaredError(onnx.MatMul(flat, weights), { target, mask });

const read = async (rows) => ({
  x: tensor([BATCH, 3, 16, 16]),
  target: { dtype: 'float32', shape: [BATCH, 10], data: new Float32Array(10 * BATCH).map((_, i) => rows[i % BATCH]) },
  mask: { dtype: 'bool', shape: [BATCH, 10], data: new Uint8Array(10 * BATCH).fill(1) },
});

const leaked = [];
const held = [];
/** Buffers that a collection finds to be garbage are freed in the background; the next one waits for that. */
async function measure() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return process.memoryUsage();
}
await train(
  { loss, parameters: [filters, weights] },
  loadBatches(read, {
    ...{ nStimuli: 100 * BATCH, batchSize: BATCH },
    order: (epoch) => epochOrder(100 * BATCH, 1, epoch),
  }),
  {
    optimiser: adam(),
    learningRate: constantRate(1e-3),
    maxEpochs: 12,
    threads: 1,
    validateEvery: EVERY,
    async validate() {
      held.push(await measure());
      return 0;
    },
    onProgress() {
      if (leakedPerStep > 0) leaked.push(new Uint8Array(leakedPerStep).fill(1));
    },
  },
);
process.stdout.write(JSON.stringify({ warm: held[1], end: held.at(-1) }));
