import { randomFrom, tensor, type Tensor } from '@striate/compute';

/** Numbers between -1 and 1. */
export function uniformNumbers(shape: readonly number[], seed: number): Tensor<'float32'> {
  return randomFrom(seed).uniform(shape, -1, 1);
}

/** Square maps [batch, channel, n, n] turned by 90 degrees counter-clockwise. */
export function turnedMaps({ shape, data }: Tensor): Tensor<'float32'> {
  const n = shape[3];
  const turned = Float32Array.from(data as Float32Array, (_, at) => {
    const [start, i, j] = [at - (at % (n * n)), Math.floor((at % (n * n)) / n), at % n];
    return Number(data[start + j * n + (n - 1 - i)]);
  });
  return tensor('float32', shape, turned);
}

/** [batch, 8 fields, ...] with the rotations of every field moved on: rotation g takes the place of g + steps. */
export function shiftedRotations({ shape, data }: Tensor, steps: number): Tensor<'float32'> {
  const size = shape.slice(2).reduce((product, length) => product * length, 1);
  const moved = new Float32Array(data.length);
  for (let channel = 0; channel < data.length / size; channel++) {
    const [first, g] = [channel - (channel % 8), channel % 8];
    const to = first + ((g + steps) % 8);
    moved.set((data as Float32Array).subarray(channel * size, (channel + 1) * size), to * size);
  }
  return tensor('float32', shape, moved);
}

/** One wave per channel, cos(w p + phase), |w| = `frequency` in radians per pixel, turned by an angle: [1, channel, n, n]. */
export function planeWaves(
  { nChannels, size, frequency, seed }: { nChannels: number; size: number; frequency: number; seed: number },
  angle: number,
): Tensor<'float32'> {
  const [directions, phases] = [seed, seed + 1].map((at) => uniformNumbers([nChannels], at).data);
  const data = new Float32Array(nChannels * size * size);
  const middle = (size - 1) / 2;
  for (let at = 0; at < data.length; at++) {
    const [channel, pixel] = [Math.floor(at / size ** 2), at % size ** 2];
    const [x, y] = [(pixel % size) - middle, middle - Math.floor(pixel / size)];
    const direction = Math.PI * directions[channel] + angle;
    const along = x * Math.cos(direction) + y * Math.sin(direction);
    data[at] = Math.cos(frequency * along + Math.PI * phases[channel]);
  }
  return tensor('float32', [1, nChannels, size, size], data);
}
