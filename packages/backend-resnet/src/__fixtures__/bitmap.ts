import type { Stimulus } from '@striate/contracts';

/** A stimulus with a 16 x 16 image: the upper half of one grey, the lower half darkening line by line (TIFF, no library). */
export function bitmapStimulus(id: string, grey: number): Stimulus {
  const size = 16;
  const pixels = Uint8Array.from({ length: size * size }, (_, i) => (i < 128 ? grey : 255 - (i >> 4) * 10));
  const entries: readonly (readonly [tag: number, value: number])[] = [
    [256, size],
    [257, size],
    [258, 8], // bits per sample
    [259, 1], // uncompressed
    [262, 1], // black is zero
    [273, 8], // where the pixels are
    [277, 1], // samples per pixel
    [278, size], // rows per strip
    [279, pixels.length],
  ];
  const directory = 8 + pixels.length;
  const view = new DataView(new ArrayBuffer(directory + 2 + entries.length * 12 + 4));
  view.setUint32(0, 0x49492a00); // little-endian TIFF
  view.setUint32(4, directory, true);
  new Uint8Array(view.buffer).set(pixels, 8);
  view.setUint16(directory, entries.length, true);
  entries.forEach(([tag, value], i) => {
    const at = directory + 2 + i * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, 4, true); // 32-bit number
    view.setUint32(at + 4, 1, true);
    view.setUint32(at + 8, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  return { id, image: { location: `${id}.tif`, sha256: id, readBytes: () => Promise.resolve(bytes) } };
}
