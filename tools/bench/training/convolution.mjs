// One training step of a convolution. An offset in front of it is trained as well, so that the input's gradient is needed.
import { input, onnx, parameter } from '@striate/compute';

const SHAPE = { batch: 16, channels: 64, size: 56, kernel: 3 };

export const convolution = { name: 'convolution', shape: SHAPE, peer: 'convolution_peer', build };

function build(random) {
  const { batch, channels, size, kernel } = SHAPE;
  const map = input('map', [batch, channels, size, size]);
  const offsets = parameter('offsets', random([channels, 1, 1], 0));
  const filters = parameter('filters', random([channels, channels, kernel, kernel], 0.05));
  const y = onnx.Conv(onnx.Add(map, offsets), filters, undefined, { pads: [1, 1, 1, 1] });
  return { loss: onnx.ReduceMean(onnx.Mul(y, y)), parameters: [offsets, filters], inputs: [map] };
}
