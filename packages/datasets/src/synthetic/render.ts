// From a scene to pixels.

import { isOnObject, type Grating, type Scene } from './scene.js';

const GREY = 128;
const COLOUR_VALUES = [
  [200, 70, 70],
  [70, 160, 80],
  [80, 100, 210],
  [200, 180, 70],
] as const;

/**
 * Render a scene.
 *
 * @param size Width and height in pixels.
 * @returns RGB bytes, [row, column, channel].
 */
export function renderScene({ object, patches }: Scene, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      let light = 1;
      for (const { x, y, radius, grating } of patches) {
        const squaredDistance = ((column / size - x) ** 2 + (row / size - y) ** 2) / radius ** 2;
        if (squaredDistance > 4) continue; // the envelope is below 0.0004 there, less than a grey level
        light += 0.5 * Math.exp(-2 * squaredDistance) * waveAt(grating, column, row);
      }
      const isObject = isOnObject(object, column / size, row / size);
      if (isObject) light = 1 + 0.3 * waveAt(object.grating, column, row);
      for (let channel = 0; channel < 3; channel++) {
        const value = light * (isObject ? COLOUR_VALUES[object.colour][channel] : GREY);
        pixels[at + channel] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  }
  return pixels;
}

function waveAt({ angle, wavelength, phase, contrast }: Grating, x: number, y: number): number {
  return (
    contrast * Math.sin((2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / wavelength + phase)
  );
}
