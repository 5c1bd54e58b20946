// From a decoded image to the numbers that a network reads.

import type { RgbImage } from '../images/decode.js';
import { frameImage } from '../images/frame.js';
import { resample } from '../images/resample.js';
import type { Preprocessing } from './preprocessing.js';

/** Number of values of one image. */
export function countPixelValues({ size }: Preprocessing): number {
  return 3 * size[0] * size[1];
}

/**
 * Make the function that writes one image as a network wants it.
 *
 *     value = (scaled byte - mean) / sd     in float32, step by step, as torchvision does
 *
 * @returns Writes 3 * height * width values of `into`, from position `at`.
 */
export function pixelWriter(preprocessing: Preprocessing) {
  const tables = tabulateBytes(preprocessing);
  const { size, channelOrder, layout, interpolation } = preprocessing;
  const area = size[0] * size[1];
  const [pixelStep, channelStep] = layout === 'nchw' ? [1, area] : [3, 1];
  return (image: RgbImage, into: Float32Array, at: number): void => {
    const { size: resized, window } = frameImage([image.height, image.width], preprocessing);
    const { data } = resample(image, resized, window, interpolation);
    for (let channel = 0; channel < 3; channel++) {
      const colour = channelOrder === 'rgb' ? channel : 2 - channel;
      const table = tables[channel];
      const start = at + channel * channelStep;
      for (let i = 0; i < area; i++) into[start + i * pixelStep] = table[data[i * 3 + colour]];
    }
  };
}

/** Bytes have 256 values only, so each channel's arithmetic is done once. */
function tabulateBytes({ scale, mean, sd }: Preprocessing): readonly Float32Array[] {
  const { fround } = Math;
  const scaleByte = {
    '0..255': (byte: number) => byte,
    '0..1': (byte: number) => fround(byte / 255),
    '-1..1': (byte: number) => fround(fround(byte / 127.5) - 1),
  }[scale];
  return [0, 1, 2].map((channel) =>
    Float32Array.from(
      { length: 256 },
      (_, byte) => fround(scaleByte(byte) - fround(mean[channel])) / fround(sd[channel]),
    ),
  );
}
