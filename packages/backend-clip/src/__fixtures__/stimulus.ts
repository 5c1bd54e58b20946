import type { Stimulus } from '@striate/contracts';
import sharp from 'sharp';

/** A stimulus with a 16 x 16 image: the upper half of one grey, the lower half darkening line by line. */
export async function greyStimulus(id: string, grey: number): Promise<Stimulus> {
  const [width, height] = [16, 16];
  const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i < 128 ? grey : 255 - (i >> 4) * 10));
  const bytes = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return {
    id,
    image: { location: `${id}.png`, sha256: id, readBytes: () => Promise.resolve(new Uint8Array(bytes)) },
  };
}
