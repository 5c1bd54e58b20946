// Tensors of normal numbers from a seed.
import { randomNumbers } from '../random.mjs';

export function normalTensors(seed) {
  const { normal } = randomNumbers(seed);
  return (shape, deviation) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return {
      dtype: 'float32',
      shape,
      data: Float32Array.from({ length: count }, () => deviation * normal()),
    };
  };
}
