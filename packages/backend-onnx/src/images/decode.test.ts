import { readFileSync } from 'node:fs';
import { decodeRgb } from './decode.js';

interface Reference {
  cases: { name: string; file: string; height: number; width: number; rgb: string }[];
  grey16: string;
}

const reference = JSON.parse(
  readFileSync(new URL('__fixtures__/decoded.json', import.meta.url), 'utf8'),
) as Reference;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('decodeRgb', () => {
  it.each(reference.cases)("reads a $name as Pillow's convert('RGB') does", async (expected) => {
    const image = await decodeRgb(bytes(expected.file));
    expect([image.height, image.width]).toEqual([expected.height, expected.width]);
    expect(new Uint8Array(image.data)).toEqual(bytes(expected.rgb));
  });

  it('keeps the high byte of 16-bit greyscale, which Pillow clips', async () => {
    const { data } = await decodeRgb(bytes(reference.grey16));
    const greys = [0, 0, 1, 18, 128, 255];
    expect(Array.from(data)).toEqual(greys.flatMap((grey) => [grey, grey, grey]));
  });

  it('refuses bytes that are no image', async () => {
    await expect(decodeRgb(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });
});
