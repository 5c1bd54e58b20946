// Pooling that does not alias.

import { constant, onnx, staticShape, type Value } from '@striate/compute';

export interface BlurPoolOptions {
  /** Distance between the pixels that are kept. */
  readonly stride: number;
  /** Of the Gaussian, in pixels. Default: 0.66. */
  readonly sigma?: number;
}

/** The Gaussian is cut off here: 5 x 5. */
const RADIUS = 2;

/**
 * Blur with a 5 x 5 Gaussian and take every `stride`-th pixel, each channel by itself; zeros around.
 *
 * A Gaussian is a column times a row, so that the whole is two matrix products, B_h (x B_w'), the larger one first: the
 * rows of all channels by one matrix.
 *
 * @param x [batch, channel, height, width].
 * @returns [batch, channel, ceil(height / stride), ceil(width / stride)].
 * @source Zhang 2019, arXiv 1904.11486; Gaussian and sigma as e2cnn's antialiased pooling.
 */
export function blurPool(x: Value, { stride, sigma = 0.66 }: BlurPoolOptions): Value {
  const [, , height, width] = staticShape('blurPool', x);
  const [rows, columns] = [height, width].map((size) => bandMatrix(size, sigma, stride));
  return onnx.MatMul(rows, onnx.MatMul(x, onnx.Transpose(columns)));
}

/** [output, input]: the weights that each output takes of a row of pixels. */
function bandMatrix(size: number, sigma: number, stride: number): Value {
  const bell = Array.from({ length: 2 * RADIUS + 1 }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * sigma ** 2)),
  );
  const sum = bell.reduce((total, weight) => total + weight);
  const nOutputs = Math.ceil(size / stride);
  const data = new Float32Array(nOutputs * size);
  for (let output = 0; output < nOutputs; output++) {
    bell.forEach((weight, i) => {
      const pixel = output * stride + i - RADIUS;
      if (pixel >= 0 && pixel < size) data[output * size + pixel] = weight / sum;
    });
  }
  return constant('float32', [nOutputs, size], data);
}
