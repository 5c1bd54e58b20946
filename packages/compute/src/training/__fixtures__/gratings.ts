// A made classification task: gratings of four orientations with random phase and contrast, in noise.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Tensor } from '../../session/tensor.js';

export const SIZE = 16;
export const N_CLASSES = 4;

export interface Gratings {
  /** [count, 1, 16, 16]. */
  readonly images: Tensor<'float32'>;
  /** [count, 4], 1 for the orientation; in turn 0, 45, 90, 135 degrees. */
  readonly classes: Tensor<'float32'>;
}

export function makeGratings(count: number, seed: number): Gratings {
  const generator = xoroshiro128plus(seed);
  const between = (low: number, high: number) => low + (high - low) * uniformFloat64(generator);
  const images = new Float32Array(count * SIZE ** 2);
  const classes = new Float32Array(count * N_CLASSES);
  for (let i = 0; i < count; i++) {
    const orientation = i % N_CLASSES;
    classes[i * N_CLASSES + orientation] = 1;
    const [angle, phase, contrast] = [
      (orientation * Math.PI) / 4,
      between(0, 2 * Math.PI),
      between(0.5, 1.5),
    ];
    for (let pixel = 0; pixel < SIZE ** 2; pixel++) {
      const along = (pixel % SIZE) * Math.cos(angle) + Math.floor(pixel / SIZE) * Math.sin(angle);
      images[i * SIZE ** 2 + pixel] = contrast * Math.cos(1.5 * along + phase) + between(-1.5, 1.5);
    }
  }
  return {
    images: { dtype: 'float32', shape: [count, 1, SIZE, SIZE], data: images },
    classes: { dtype: 'float32', shape: [count, N_CLASSES], data: classes },
  };
}

/** Some of the stimuli, side by side. */
export function takeRows({ dtype, shape, data }: Tensor<'float32'>, start: number, count: number): Tensor {
  const length = data.length / shape[0];
  return {
    dtype,
    shape: [count, ...shape.slice(1)],
    data: data.slice(start * length, (start + count) * length),
  };
}
