import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochOrder, loadBatches, type Readers } from '@striate/compute';
import sharp from 'sharp';
import { openImageReaders } from './image-reader.js';
import { completePreprocessing } from './preprocessing.js';

const AS_IS = { scale: '0..255', mean: [0, 0, 0], sd: [1, 1, 1] } as const;
const preprocessing = completePreprocessing(
  [{ size: [2, 2], resize: 'squash', interpolation: 'bilinear', layout: 'nchw', ...AS_IS }],
  'net',
);

let folder: string;
let readers: Readers;
const paths = () => [10, 20, 30, 40].map((grey) => join(folder, `${grey}.png`));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-image-reader-'));
  for (const [i, path] of paths().entries()) {
    const background = { r: 10 * i, g: 10 * i + 1, b: 10 * i + 2 };
    await sharp({ create: { width: 5, height: 4, channels: 3, background } })
      .png()
      .toFile(path);
  }
  await writeFile(join(folder, 'text.png'), 'no image');
});
afterEach(() => readers.dispose());
afterAll(() => rm(folder, { recursive: true }));

describe('openImageReaders', () => {
  it('streams shuffled batches that worker threads have decoded, as networks read them', async () => {
    readers = await openImageReaders({ paths: paths(), preprocessing }, 2);
    const seen: number[] = [];
    const data = loadBatches(readers.read, {
      nStimuli: 4,
      batchSize: 2,
      ahead: 2,
      order: (epoch) => epochOrder(4, 1, epoch),
    });
    for await (const { image } of data.batches(0, 0)) {
      expect(image.shape).toEqual([2, 3, 2, 2]);
      const values = [...(image.data as Float32Array)];
      for (const start of [0, 12]) {
        const red = values[start];
        seen.push(red);
        const planes = [red, red + 1, red + 2].flatMap((value) => Array<number>(4).fill(value));
        expect(values.slice(start, start + 12)).toEqual(planes);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual([0, 10, 20, 30]);
  });

  it('names the stimulus and the file that is no image', async () => {
    readers = await openImageReaders({ paths: [...paths(), join(folder, 'text.png')], preprocessing });
    await expect(readers.read(Int32Array.of(4))).rejects.toMatchObject({
      code: 'STRIATE_READING_FAILED',
      message: expect.stringMatching(/stimuli 4.*text\.png/),
    });
  });
});
