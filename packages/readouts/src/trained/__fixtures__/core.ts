// The smallest core that can make something new of a map: a 1 x 1 convolution, batch normalisation and ReLU.

import { batchNormalisation, onnx, parameter, type Parameter, randomFrom, type Tensor, type Value } from '@striate/compute';
import type { MapShape, TrainableCore } from '@striate/contracts';

/** From [channel, height, width] to [nChannels, height, width]. */
export function rectifyingCore(nChannels: number): TrainableCore<Value, Parameter> {
  return {
    id: 'rectifying',
    fingerprint: `rectifying ${nChannels}`,
    description: `1 x 1 convolution to ${nChannels} channels, batch normalisation, ReLU`,
    measure: ([channels, height, width]) => ({
      map: [nChannels, height, width],
      nParameters: nChannels * (channels + 2),
      nActivations: 3 * nChannels * height * width,
      nOperations: 2 * channels * nChannels * height * width,
    }),
    open: ([channels]: MapShape, seed) => {
      const weights = parameter('core/weights', randomFrom(seed).normal([nChannels, channels, 1, 1], 1));
      const [scale, bias] = [1, 0].map((value) => parameter(`core/start${value}`, filled(nChannels, value)));
      const [mean, variance] = [0, 1].map((value) => parameter(`core/rest${value}`, filled(nChannels, value)));
      return {
        parameters: [weights, scale, bias],
        running: [mean, variance],
        build(x, mode) {
          const { y, running } = batchNormalisation(onnx.Conv(x, weights), { scale, bias, mean, variance }, { mode });
          return { featureMap: onnx.Relu(y), running };
        },
      };
    },
  };
}

function filled(length: number, value: number): Tensor<'float32'> {
  return { dtype: 'float32', shape: [length], data: new Float32Array(length).fill(value) };
}
