import { encodeModel, openSession, toModel } from '@striate/compute';
import fc from 'fast-check';
import { completePreprocessing, type PartialPreprocessing } from '../preprocessing/preprocessing.js';
import { countPixelValues, pixelWriter } from '../preprocessing/pixels.js';
import { PRESETS } from '../preprocessing/presets.js';
import { imageInput, preprocessingGraph } from './preprocessing-graph.js';

const NCHW = { layout: 'nchw' } as const;
const wholeOf = (...sources: PartialPreprocessing[]) =>
  completePreprocessing([PRESETS.imagenet, NCHW, ...sources], 'net');

async function openGraph(preprocessing: ReturnType<typeof wholeOf>) {
  return openSession(encodeModel(toModel({ pixels: preprocessingGraph(imageInput(), preprocessing) })));
}

function makeImage(height: number, width: number, seed: number) {
  let state = seed + 1;
  const data = Uint8Array.from({ length: height * width * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { height, width, data };
}

/** Sizes around the one that the network sees: reduced and enlarged, tall and wide, odd and even margins. */
const sizes = fc.integer({ min: 20, max: 90 });

describe('preprocessingGraph', () => {
  it.each([
    ['bilinear, the shorter side resized', wholeOf({ size: [32, 32] as const, resizeTo: 37 })],
    [
      'bicubic, the shorter side resized',
      wholeOf({ size: [32, 32], resizeTo: 36, interpolation: 'bicubic' }),
    ],
    ['lanczos', wholeOf({ size: [24, 24], resizeTo: 25, interpolation: 'lanczos' })],
    ['squashed', wholeOf({ size: [30, 40], resize: 'squash', resizeTo: [30, 40] })],
    [
      'squashed, then cropped, rounded down',
      wholeOf({ size: [30, 40], resize: 'squash', resizeTo: [33, 45], cropRounding: 'floor' }),
    ],
    [
      'channels last, BGR, -1..1',
      wholeOf({
        size: [16, 16],
        resizeTo: 18,
        layout: 'nhwc',
        channelOrder: 'bgr',
        scale: '-1..1',
        mean: [0, 0, 0],
        sd: [1, 1, 1],
      }),
    ],
    [
      'bytes as they are',
      wholeOf({ size: [16, 16], resizeTo: 16, scale: '0..255', mean: [1, 2, 3], sd: [2, 2, 2] }),
    ],
  ])('gives the very numbers that the backend gives its network: %s', async (_, preprocessing) => {
    const session = await openGraph(preprocessing);
    const write = pixelWriter(preprocessing);
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(1000), async (height, width, seed) => {
        const image = makeImage(height, width, seed);
        const expected = new Float32Array(countPixelValues(preprocessing));
        write(image, expected, 0);
        const { pixels } = await session.run({
          image: { dtype: 'uint8', shape: [height, width, 3], data: image.data },
        });
        expect(pixels.data).toEqual(expected);
      }),
      { numRuns: 12 },
    );
    await session.dispose();
  });

  it('refuses nearest neighbours by name', () => {
    expect(() => preprocessingGraph(imageInput(), wholeOf({ interpolation: 'nearest' }))).toThrow(
      expect.objectContaining({ code: 'STRIATE_UNSUPPORTED' }),
    );
  });
});
