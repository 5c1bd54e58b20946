// The small CNN: three times convolution, batch normalisation, ReLU and max-pooling; a mean over space; a linear layer.
import { batchNormalisation, onnx, parameter } from '@striate/compute';
import { readTensor } from './files.mjs';
import { CHANNELS, TASK } from './problem.mjs';

/** The network with the first weights of the problem in a folder. */
export async function openNetwork(folder) {
  const read = async (name) => parameter(name, await readTensor(folder, name));
  const layers = [];
  for (const [i, channels] of CHANNELS.slice(1).entries()) {
    const open = (what, value) => filled(`norm${i + 1}/${what}`, channels, value);
    const normalisation = { scale: open('scale', 1), bias: open('bias', 0), mean: open('mean', 0) };
    layers.push({ filters: await read(`conv${i + 1}`), ...normalisation, variance: open('variance', 1) });
  }
  const linear = { weights: await read('linear'), offsets: filled('offsets', TASK.nClasses, 0) };
  const trained = layers.flatMap(({ filters, scale, bias }) => [filters, scale, bias]);
  return {
    parameters: [...trained, ...Object.values(linear)],
    stored: [...layers.flatMap(Object.values), ...Object.values(linear)],
    build: (images, mode) => build({ layers, linear }, images, mode),
  };
}

function filled(name, count, value) {
  return parameter(name, { dtype: 'float32', shape: [count], data: new Float32Array(count).fill(value) });
}

function build({ layers, linear }, images, mode) {
  const running = new Map();
  const map = layers.reduce((x, layer) => {
    const convolved = onnx.Conv(x, layer.filters, undefined, { pads: [1, 1, 1, 1] });
    const normalised = batchNormalisation(convolved, layer, { mode });
    for (const [moved, next] of normalised.running) running.set(moved, next);
    return onnx.MaxPool(onnx.Relu(normalised.y), { kernel: [2, 2], strides: [2, 2] });
  }, images);
  const means = onnx.ReduceMean(map, { axes: [2, 3] });
  return { logits: onnx.Gemm(means, linear.weights, linear.offsets, { transB: true }), running };
}
