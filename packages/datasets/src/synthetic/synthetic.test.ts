import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDataset, RepeatedResponses } from '@striate/contracts';
import { withNpy } from '@striate/npy';
import { writeSyntheticFeatures } from './features.js';
import type { SyntheticOptions } from './options.js';
import { plantedCeiling } from './responses.js';
import { createSyntheticDataset } from './synthetic.js';

const dataset = createSyntheticDataset();
const open = (options: Partial<SyntheticOptions> = {}): Promise<OpenDataset> =>
  dataset.doOpen(dataset.parseOptions(options), { baseFolder: '.', device: 'cpu' });
const SMALL = { nStimuli: 24, nVoxels: 2, imageSize: 16 };

describe('createSyntheticDataset', () => {
  it('offers stimuli with an image, captions and a grid of captions, and voxels in three regions', async () => {
    const { stimuli, voxels, regions, subjects } = await open(SMALL);
    expect(regions).toEqual(['early', 'late', 'noise']);
    expect(subjects).toEqual(['synthetic']);
    expect(voxels.map(({ id, regions: own }) => [id, ...own])).toEqual([
      ['early1', 'early'],
      ['early2', 'early'],
      ['late1', 'late'],
      ['late2', 'late'],
      ['noise1', 'noise'],
      ['noise2', 'noise'],
    ]);
    expect(stimuli).toHaveLength(24);
    expect(stimuli[0]).toMatchObject({ id: 'scene01', image: { location: 'synthetic:scene01' } });
    expect(stimuli[0].captions).toHaveLength(2);
    expect(stimuli[0].captionGrid).toMatchObject({ height: 8, width: 8 });
  });

  it('gives images whose bytes have the hash that they are known by', async () => {
    const { image } = (await open(SMALL)).stimuli[3];
    expect(
      createHash('sha256')
        .update(await image!.readBytes())
        .digest('hex'),
    ).toBe(image!.sha256);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const [one, same, other] = await Promise.all([open(SMALL), open(SMALL), open({ ...SMALL, seed: 2 })]);
    const hashes = (opened: OpenDataset) => opened.stimuli.map(({ image }) => image!.sha256);
    expect(hashes(same)).toEqual(hashes(one));
    expect(hashes(other)).not.toEqual(hashes(one));
    expect(same.responsesFingerprint('synthetic')).toBe(one.responsesFingerprint('synthetic'));
    expect(other.responsesFingerprint('synthetic')).not.toBe(one.responsesFingerprint('synthetic'));
    expect(await same.loadResponses('synthetic')).toEqual(await one.loadResponses('synthetic'));
  });

  it('shows the same images when more voxels or repetitions are asked for', async () => {
    const [one, more] = await Promise.all([open(SMALL), open({ ...SMALL, nVoxels: 9, nRepetitions: 5 })]);
    expect(more.stimuli[7].image!.sha256).toBe(one.stimuli[7].image!.sha256);
  });

  it('repeats itself exactly where there is no noise, and is silent in the noise region', async () => {
    const { values } = await (
      await open({ ...SMALL, noiseSd: 0, nRepetitions: 2 })
    ).loadResponses('synthetic');
    const half = values.data.length / 2;
    expect(values.data.slice(half)).toEqual(values.data.slice(0, half));
    expect(values.data.every((value, i) => i % 6 < 4 || value === 0)).toBe(true);
    expect(values.data.slice(0, 4).every((value) => value !== 0)).toBe(true);
  });

  it('refuses a subject that it does not have', async () => {
    await expect((await open(SMALL)).loadResponses('s1')).rejects.toMatchObject({
      code: 'STRIATE_UNKNOWN_SUBJECT',
    });
  });

  it.each([
    [{ nStimuli: 19 }, 'nStimuli'],
    [{ noiseSd: -1 }, 'noiseSd'],
    [{ imageSize: 30 }, 'imageSize'],
    [{ seed: 0.5 }, 'seed'],
    [{ nVoxels: '20' }, 'nVoxels'],
    [{ nVoxels: null }, 'nVoxels'],
    [{ nvoxels: 20 }, 'nvoxels'],
  ])('refuses options %j', (raw, option) => {
    expect(() => dataset.parseOptions(raw)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option }),
      }),
    );
  });
});

describe('plantedCeiling', () => {
  it('is the signal variance over that of the average', () => {
    expect(plantedCeiling({ noiseSd: 1, nRepetitions: 3 })).toBe(0.75);
    expect(plantedCeiling({ noiseSd: 2, nRepetitions: 1 })).toBe(0.2);
    expect(plantedCeiling({ noiseSd: 0, nRepetitions: 1 })).toBe(1);
  });

  it.each([0.5, 2])('is what the NSD formula finds in the responses (noise sd %p)', async (noiseSd) => {
    const options = { nStimuli: 300, nVoxels: 20, noiseSd, imageSize: 16 };
    const responses = await (await open(options)).loadResponses('synthetic');
    const found = nsdCeilings(responses);
    const expected = plantedCeiling({ noiseSd, nRepetitions: 3 });
    // A voxel's noise variance is known to sqrt(2 / 600) = 6 %, the mean over 40 voxels to 1 %.
    expect(Math.abs(mean(found.slice(0, 40)) - expected)).toBeLessThan(0.03);
    expect(mean(found.slice(40))).toBeLessThan(0.1); // noise: estimates below zero count as zero
  });
});

describe('writeSyntheticFeatures', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'striate-synthetic-'));
    await writeSyntheticFeatures(join(folder, 'new'), { ...SMALL, nStimuli: 120 });
  });
  afterAll(() => rm(folder, { recursive: true }));
  const read = (name: string) =>
    withNpy(join(folder, 'new', `${name}.npy`), async (file) => ({
      shape: file.shape,
      data: await file.readFloats(),
    }));

  it.each([
    ['vision', 64],
    ['meaning', 10],
  ])('writes %s features with the ids of the stimuli', async (name, nFeatures) => {
    expect((await read(name)).shape).toEqual([120, nFeatures]);
    const ids = (await readFile(join(folder, 'new', `${name}.ids.txt`), 'utf8')).trim().split('\n');
    expect(ids).toEqual((await open({ ...SMALL, nStimuli: 120 })).stimuli.map(({ id }) => id));
  });

  it('writes features in which late responses are exactly linear, and early ones are not', async () => {
    const responses = await (await open({ ...SMALL, nStimuli: 120, noiseSd: 0 })).loadResponses('synthetic');
    const { data } = await read('meaning');
    // Scenes with the same shape and colour have the same meaning, hence the same late response.
    const rowOf = (i: number) => data.slice(i * 10, i * 10 + 10).join();
    const twin = Array.from({ length: 120 }, (_, i) => i).find((i) => i > 0 && rowOf(i) === rowOf(0))!;
    const responseOf = (i: number, voxel: number) => responses.values.data[i * 6 + voxel];
    expect(responseOf(twin, 2)).toBe(responseOf(0, 2));
    expect(responseOf(twin, 0)).not.toBe(responseOf(0, 0));
  });

  it('says which folder cannot be written', async () => {
    await expect(writeSyntheticFeatures(join(folder, 'new', 'vision.npy'), SMALL)).rejects.toMatchObject({
      code: 'STRIATE_FOLDER_NOT_WRITABLE',
    });
  });
});

/** NC = ncsnr^2 / (ncsnr^2 + 1/n) on responses z-scored per voxel (NSD data paper), written out for this test. */
function nsdCeilings({ values }: RepeatedResponses): number[] {
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  return Array.from({ length: nVoxels }, (_, voxel) => {
    const trials = Array.from({ length: nStimuli }, (_, stimulus) =>
      Array.from(
        { length: nRepetitions },
        (_, r) => values.data[(r * nStimuli + stimulus) * nVoxels + voxel],
      ),
    );
    const noise = mean(trials.map((row) => variance(row, 1))) / variance(trials.flat(), 0);
    const ncsnrSquared = Math.max(0, 1 - noise) / noise;
    return ncsnrSquared / (ncsnrSquared + 1 / nRepetitions);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[], ddof: number): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - ddof);
}
