import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { hashOf } from './hash.js';
import { openStore } from './store.js';

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'striate-store-'));
const key = hashOf('an artefact');
const pathOf = (folder: string) => join(folder, 'objects', key.slice(0, 2), key);
const artefact = {
  values: { note: 'as written', nested: { n: [1, 2] } },
  arrays: {
    predictions: {
      axes: ['stimulus', 'voxel'] as const,
      shape: [2, 3] as const,
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    },
    scores: { axes: ['voxel'] as const, shape: [2] as const, data: Float64Array.of(Number.NaN, Math.PI) },
  },
};

describe('openStore', () => {
  it('gives back what was put, NaN included', async () => {
    const folder = await temporaryFolder();
    await (await openStore(folder)).put(key, artefact);
    const again = await openStore(folder);
    expect(await again.has(key)).toBe(true);
    expect(await again.get(key)).toEqual(artefact);
  });

  it('has nothing under a key that was not put', async () => {
    const store = await openStore(await temporaryFolder());
    expect(await store.has(key)).toBe(false);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'STRIATE_ARTEFACT_CORRUPT' });
  });

  it('writes the same bytes for the same artefact', async () => {
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    for (const folder of [first, second]) await (await openStore(folder)).put(key, artefact);
    expect(await readFile(pathOf(first))).toEqual(await readFile(pathOf(second)));
  });

  it('takes an artefact with one altered byte, anywhere, for absent', async () => {
    const folder = await temporaryFolder();
    await (await openStore(folder)).put(key, artefact);
    const good = await readFile(pathOf(folder));
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const bad = Buffer.from(good);
        bad[place] ^= change;
        await writeFile(pathOf(folder), bad);
        const corrupt: string[] = [];
        const store = await openStore(folder, { onCorrupt: (path) => corrupt.push(path) });
        expect(await store.has(key)).toBe(false);
        expect(corrupt).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });

  it('takes a truncated artefact for absent, wherever it was cut', async () => {
    const folder = await temporaryFolder();
    await (await openStore(folder)).put(key, artefact);
    const good = await readFile(pathOf(folder));
    for (const size of [0, 5, 11, 40, good.length - 33, good.length - 1]) {
      await writeFile(pathOf(folder), good);
      await truncate(pathOf(folder), size);
      expect(await (await openStore(folder)).has(key)).toBe(false);
    }
  });

  it('notices an artefact that is altered while the store is open', async () => {
    const folder = await temporaryFolder();
    const store = await openStore(folder);
    await store.put(key, artefact);
    expect(await store.has(key)).toBe(true);
    await truncate(pathOf(folder), 100);
    expect(await store.has(key)).toBe(false);
  });

  it('keeps one whole artefact when many write it at once', async () => {
    const folder = await temporaryFolder();
    const store = await openStore(folder);
    await Promise.all(Array.from({ length: 8 }, () => store.put(key, artefact)));
    expect(await (await openStore(folder)).get(key)).toEqual(artefact);
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  it('clears the drafts of processes that are gone, and of no others', async () => {
    const folder = await temporaryFolder();
    await openStore(folder);
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.on('exit', resolve));
    await writeFile(join(folder, 'drafts', `${gone.pid}.0`), 'half');
    await writeFile(join(folder, 'drafts', `${process.ppid}.0`), 'being written');
    await openStore(folder);
    expect(await readdir(join(folder, 'drafts'))).toEqual([`${process.ppid}.0`]);
  });

  it('refuses a folder that cannot be one', async () => {
    const file = join(await temporaryFolder(), 'a-file');
    await writeFile(file, '');
    await expect(openStore(join(file, 'store'))).rejects.toMatchObject({
      code: 'STRIATE_FOLDER_NOT_WRITABLE',
    });
  });
});

describe('features', () => {
  const layout = { rowAxes: ['feature'] as const, rowShape: [2] };
  const layerKey = hashOf('a layer');

  it('finds rows by key, in any order, over several packs', async () => {
    const folder = await temporaryFolder();
    const table = await (await openStore(folder)).features(layerKey, layout);
    await table.append(['a', 'b'], Float32Array.of(1, 2, 3, 4));
    await table.append(['c'], Float32Array.of(5, 6));
    const rows = table.rows(['s3', 's1', 's2'], ['c', 'a', 'b']);
    expect(Array.from(await rows.readRows([0, 1, 2]))).toEqual([5, 6, 1, 2, 3, 4]);
    expect(Array.from(await rows.readRows([2, 0]))).toEqual([3, 4, 5, 6]);
    await table.close();
  });

  it('misses exactly the rows that were never kept', async () => {
    const folder = await temporaryFolder();
    await (
      await (await openStore(folder)).features(layerKey, layout)
    ).append(['a', 'b'], new Float32Array(4));
    const again = await (await openStore(folder)).features(layerKey, layout);
    expect(again.missing(['b', 'x', 'a', 'y'])).toEqual([1, 3]);
  });

  it('misses the rows of a pack that was altered, and keeps the others', async () => {
    const folder = await temporaryFolder();
    const table = await (await openStore(folder)).features(layerKey, layout);
    await table.append(['a', 'b'], new Float32Array(4));
    await table.append(['c'], new Float32Array(2));
    const packs = join(folder, 'features', layerKey.slice(0, 2), layerKey);
    const damaged = join(packs, `${hashOf(['a', 'b'])}.rows`);
    await truncate(damaged, 90);
    const again = await (await openStore(folder)).features(layerKey, layout);
    expect(again.missing(['a', 'b', 'c'])).toEqual([0, 1]);
  });
});

describe('hashOf', () => {
  it('does not depend on the order of keys, and does on the order of lists', () => {
    expect(hashOf({ a: 1, b: [1, 2] })).toBe(hashOf({ b: [1, 2], a: 1 }));
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  });

  it.each([[Number.NaN], [() => 1], [new Map()], [Infinity]])('refuses %p', (value) => {
    expect(() => hashOf({ value })).toThrow(expect.objectContaining({ code: 'STRIATE_INTERNAL' }));
  });
});
