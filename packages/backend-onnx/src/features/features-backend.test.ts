import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@striate/npy';
import { createFeaturesBackend } from './features-backend.js';
import { readIds } from './ids.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-features-'));
  await writeNpy(join(folder, 'words.npy'), [3, 2], Float32Array.of(1, 2, 3, 4, 5, 6));
  await writeFile(join(folder, 'words.ids.txt'), 'cat\ndog\nowl\n');
});
afterAll(() => rm(folder, { recursive: true }));

const backend = createFeaturesBackend();
const context = () => ({ baseFolder: folder, device: 'cpu' }) as const;
const open = (model = 'words.npy', options = {}) =>
  backend.doLoad(model, backend.parseOptions(options), context());
const named = (...ids: string[]) => ids.map((id) => ({ id }));

describe('the features backend', () => {
  it('joins rows by id, whatever the order of the stimuli', async () => {
    const model = await open();
    expect(await model.listLayers()).toEqual([{ name: 'features', axes: ['feature'], shape: [2], depth: 0 }]);
    const rows: number[] = [];
    for await (const batch of model.doExtract({
      stimuli: named('owl', 'cat', 'dog'),
      layers: ['features'],
    })) {
      rows.push(...batch.layers.get('features')!);
    }
    expect(rows).toEqual([5, 6, 1, 2, 3, 4]);
    await model.dispose();
  });

  it('names the stimuli that the file has no row for', async () => {
    const model = await open();
    await expect(model.checkStimuli!(named('cat', 'emu'))).rejects.toMatchObject({
      code: 'STRIATE_IDS_DIFFER',
      context: { onlyLeft: ['emu'] },
    });
    await expect(model.checkStimuli!(named('cat'))).resolves.toBeUndefined();
    await model.dispose();
  });

  it('keeps the axes of maps, and reads ids from a table', async () => {
    await writeNpy(
      join(folder, 'maps.npy'),
      [2, 1, 2, 2],
      Float32Array.from({ length: 8 }, (_, i) => i),
    );
    await writeFile(join(folder, 'maps.ids.csv'), 'name,id\n"a, b",cat\nc,dog\n');
    const model = await open('maps.npy');
    expect((await model.listLayers())[0]).toMatchObject({
      axes: ['channel', 'height', 'width'],
      shape: [1, 2, 2],
    });
    await model.dispose();
  });

  it('refuses another number of ids than rows', async () => {
    await writeFile(join(folder, 'few.txt'), 'cat\ndog\n');
    await expect(open('words.npy', { ids: 'few.txt' })).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });

  it('says where it looked for the ids', async () => {
    await writeNpy(join(folder, 'lone.npy'), [1, 1], Float32Array.of(1));
    await expect(open('lone.npy')).rejects.toMatchObject({ code: 'STRIATE_FILE_MISSING' });
  });

  it('changes its fingerprint when the ids change', async () => {
    await writeFile(join(folder, 'other.txt'), 'dog\ncat\nowl\n');
    const models = [await open(), await open('words.npy', { ids: 'other.txt' })];
    expect(models[0].fingerprint).not.toBe(models[1].fingerprint);
    await Promise.all(models.map((model) => model.dispose()));
  });

  it('refuses an unknown layer, an abort and use after dispose', async () => {
    const model = await open();
    const drain = async (layers: string[], signal?: AbortSignal) => {
      const request = { stimuli: named('cat'), layers, ...(signal ? { signal } : {}) };
      for await (const batch of model.doExtract(request)) expect(batch.count).toBe(1);
    };
    await expect(drain(['feature'])).rejects.toMatchObject({ code: 'STRIATE_UNKNOWN_LAYER' });
    await expect(drain(['features'], AbortSignal.abort())).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
    await model.dispose();
    await model.dispose();
    await expect(drain(['features'])).rejects.toMatchObject({ code: 'STRIATE_USED_AFTER_DISPOSE' });
  });
});

describe('readIds', () => {
  it('names both lines of an id that stands twice', async () => {
    await writeFile(join(folder, 'twice.csv'), 'id\ncat\ndog\ncat\n');
    await expect(readIds(join(folder, 'twice.csv'))).rejects.toMatchObject({
      code: 'STRIATE_DUPLICATE_STIMULUS',
      context: { id: 'cat', lines: [2, 4] },
    });
  });

  it('refuses a table without a column of ids', async () => {
    await writeFile(join(folder, 'nameless.csv'), 'name\ncat\n');
    await expect(readIds(join(folder, 'nameless.csv'))).rejects.toMatchObject({
      code: 'STRIATE_TABLE_MALFORMED',
    });
  });
});
