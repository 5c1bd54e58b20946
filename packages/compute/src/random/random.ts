// Seeded random numbers for first weights and noise.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Tensor } from '../session/tensor.js';

export interface Random {
  /** A float32 tensor of normal numbers. */
  normal(shape: readonly number[], deviation: number): Tensor<'float32'>;
  /** A float32 tensor of numbers between two others. */
  uniform(shape: readonly number[], low: number, high: number): Tensor<'float32'>;
}

/**
 * Make a source from a seed.
 *
 * @source normal numbers by Box & Muller 1958.
 */
export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const next = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const fill = (shape: readonly number[], draw: () => number): Tensor<'float32'> => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < data.length; i++) data[i] = draw();
    return { dtype: 'float32', shape, data };
  };
  return {
    normal: (shape, deviation) => fill(shape, () => deviation * normal()),
    uniform: (shape, low, high) => fill(shape, () => low + (high - low) * next()),
  };
}
