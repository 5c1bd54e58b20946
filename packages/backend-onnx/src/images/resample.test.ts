import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Interpolation } from './filters.js';
import { resample } from './resample.js';

interface Reference {
  height: number;
  width: number;
  rgb: string;
  cases: { size: [number, number]; interpolation: Interpolation; rgb: string }[];
}

const reference = JSON.parse(
  readFileSync(new URL('__fixtures__/resampled.json', import.meta.url), 'utf8'),
) as Reference;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const source = { height: reference.height, width: reference.width, data: bytes(reference.rgb) };
const whole = ([height, width]: readonly [number, number]) => ({ top: 0, left: 0, height, width });

describe('resample', () => {
  it.each(reference.cases)(
    "gives Pillow's bytes for $interpolation to $size",
    ({ size, interpolation, rgb }) => {
      expect(resample(source, size, whole(size), interpolation).data).toEqual(bytes(rgb));
    },
  );

  it.each(['nearest', 'bilinear', 'bicubic', 'lanczos'] as const)(
    'computes a window of %s as the same window cut from the whole',
    (interpolation) => {
      const size = [12, 31] as const;
      const all = resample(source, size, whole(size), interpolation).data;
      const window = { top: 3, left: 5, height: 7, width: 20 };
      const expected = Array.from({ length: 7 }, (_, y) =>
        Array.from(all.subarray(((y + 3) * 31 + 5) * 3, ((y + 3) * 31 + 25) * 3)),
      ).flat();
      expect(Array.from(resample(source, size, window, interpolation).data)).toEqual(expected);
    },
  );

  it('keeps a uniform image uniform, whatever the size and the filter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom<Interpolation[]>('nearest', 'bilinear', 'bicubic', 'lanczos'),
        (height, width, grey, interpolation) => {
          const image = { height: 9, width: 14, data: new Uint8Array(9 * 14 * 3).fill(grey) };
          const { data } = resample(image, [height, width], whole([height, width]), interpolation);
          expect(data.every((sample) => sample === grey)).toBe(true);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('averages two pixels into one', () => {
    const pair = { height: 1, width: 2, data: Uint8Array.of(0, 10, 100, 100, 20, 50) };
    expect(Array.from(resample(pair, [1, 1], whole([1, 1]), 'bilinear').data)).toEqual([50, 15, 75]);
  });
});
