// node line.mjs <checkpoint> <milliseconds to wait at each batch>
import { adam, constantRate, epochOrder, input, loadBatches, meanSquaredError, onnx, parameter, train } from '@striate/compute';

const [checkpoint, wait] = process.argv.slice(2);
const matrix = (shape, at) => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => at(i)),
});
const w = parameter(
  'w',
  matrix([8, 4], (i) => Math.sin(i)),
);
const [x, target, mask] = [input('x', [16, 8]), input('target', [16, 4]), input('mask', [16, 4], 'bool')];
const loss = meanSquaredError(onnx.MatMul(x, w), { target, mask });

const read = async (rows) => {
  await new Promise((resolve) => setTimeout(resolve, Number(wait)));
  const at = (i, width) => 17 * rows[Math.floor(i / width)] + (i % width);
  return {
    x: matrix([16, 8], (i) => Math.sin(3 * at(i, 8))),
    target: matrix([16, 4], (i) => Math.cos(at(i, 4))),
    mask: {
      dtype: 'bool',
      shape: [16, 4],
      data: new Uint8Array(64).map((_, i) => (i % 5 === 0 ? 0 : 1)),
    },
  };
};
const data = loadBatches(read, {
  ...{ nStimuli: 80, batchSize: 16, ahead: 1 },
  order: (epoch) => epochOrder(80, 5, epoch),
});

const trained = await train({ loss, parameters: [w] }, data, {
  optimiser: adam(),
  learningRate: constantRate(0.01),
  maxEpochs: 6,
  accumulate: 2,
  validate: async (parameters) => -Math.abs(parameters.get('w').data[0]),
  checkpoint: { path: checkpoint, every: 1 },
  onProgress: ({ step }) => process.stderr.write(`${step}\n`),
});
const bytes = Buffer.from(trained.parameters.get('w').data.buffer);
process.stdout.write(
  JSON.stringify({ w: bytes.toString('hex'), history: trained.history, steps: trained.steps }),
);
