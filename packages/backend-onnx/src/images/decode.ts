// From the bytes of an image file to RGB, as PIL's `Image.open(...).convert('RGB')` has it: no rotation by EXIF, no
// colour management, transparency dropped (not blended). sharp only decodes.
// One difference, on purpose: 16-bit greyscale keeps its high byte, as 16-bit colour does; PIL clips it to white.

import sharp from 'sharp';

/** 8-bit RGB, row by row: [height, width, 3]. */
export interface RgbImage {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/**
 * Decode an image file.
 *
 * @param bytes PNG, JPEG, WebP, TIFF, GIF, ... ; of several pages, the first.
 * @throws Whatever sharp throws for bytes that are no image.
 */
export async function decodeRgb(bytes: Uint8Array): Promise<RgbImage> {
  const image = sharp(bytes, { ignoreIcc: true });
  const { space, depth } = await image.metadata();
  const isDeep = depth === 'ushort';
  // Whatever sharp would convert by itself it is told to leave alone; the rest is done below, to the bit.
  if (space === 'cmyk' || isDeep) image.pipelineColourspace(space).toColourspace(space);
  const { data, info } = await image.raw(isDeep ? { depth } : {}).toBuffer({ resolveWithObject: true });
  const samples = isDeep ? keepHighBytes(data) : data;
  const convert = space === 'cmyk' ? rgbFromCmyk : info.channels < 3 ? rgbFromGrey : dropAlpha;
  return { height: info.height, width: info.width, data: convert(samples, info.channels) };
}

function keepHighBytes(data: Uint8Array): Uint8Array {
  const deep = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return Uint8Array.from(deep, (sample) => sample >> 8);
}

function dropAlpha(samples: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return samples;
  const rgb = new Uint8Array((samples.length / channels) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = samples[from];
    rgb[to + 1] = samples[from + 1];
    rgb[to + 2] = samples[from + 2];
  }
  return rgb;
}

function rgbFromGrey(samples: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((samples.length / channels) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb.fill(samples[from], to, to + 3);
  }
  return rgb;
}

/** Ink over white: `(255 - k) - c * (255 - k) / 255`, with the integer division that PIL uses. */
function rgbFromCmyk(samples: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((samples.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const light = 255 - samples[from + 3];
    for (let ink = 0; ink < 3; ink++) {
      const product = samples[from + ink] * light + 128;
      rgb[to + ink] = light - (((product >> 8) + product) >> 8);
    }
  }
  return rgb;
}
