import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openNpy, withNpy } from './read.js';

const fixture = (name: string) => fileURLToPath(new URL(`./__fixtures__/${name}.npy`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function altered(name: string, alter: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(folder, `${name}.npy`);
  await writeFile(path, alter(await readFile(fixture(name))));
  return path;
}

const WHOLE = [0, 1, 3, 4, 6, 7];
const HALVES = [0, 1.5, 3, 4.5, 6, 7.5];

describe('openNpy', () => {
  for (const [dtype, values, float] of [
    ['bool', [0, 1, 0, 1, 0, 1], 'float32'],
    ['uint8', WHOLE, 'float32'],
    ['int8', WHOLE, 'float32'],
    ['uint16', WHOLE, 'float32'],
    ['int16', WHOLE, 'float32'],
    ['uint32', WHOLE, 'float64'],
    ['int32', WHOLE, 'float64'],
    ['uint64', WHOLE, 'float64'],
    ['int64', WHOLE, 'float64'],
    ['float16', HALVES, 'float32'],
    ['float32', HALVES, 'float32'],
    ['float64', HALVES, 'float64'],
  ] as const) {
    const endings = ['bool', 'uint8', 'int8'].includes(dtype) ? [''] : ['', '-big'];
    it.each(endings)(`reads ${dtype}%s as floats that lose nothing`, async (ending) => {
      await withNpy(fixture(dtype + ending), async (file) => {
        expect(file.shape).toEqual([2, 3]);
        expect(file.dtype).toBe(dtype);
        expect(file.floatType).toBe(float);
        expect(Array.from(await file.readFloats())).toEqual(values);
        expect(Array.from(await file.readRows(1, 1))).toEqual(values.slice(3));
        expect(Array.from((await file.readAll()) as Iterable<number | bigint>, Number)).toEqual(values);
      });
    });
  }

  it('keeps 64-bit integers as they are when read by dtype', async () => {
    const values = await withNpy(fixture('int64-extremes'), (file) => file.readAll());
    expect(values).toEqual(BigInt64Array.of(-(2n ** 63n), -1n, 2n ** 63n - 1n));
  });

  it('widens half precision exactly, subnormal and special values included', async () => {
    const values = await withNpy(fixture('float16-special'), (file) => file.readAll());
    expect(values).toEqual(
      Float32Array.of(0, -0, 2 ** -24, 0.0999755859375, 65504, Infinity, -Infinity, NaN),
    );
  });

  it.each(['version-2', 'version-3'])('reads format %s', async (name) => {
    expect(Array.from(await withNpy(fixture(name), (file) => file.readFloats()))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('reads a single number and an empty array', async () => {
    await withNpy(fixture('scalar'), async (file) => {
      expect(file.shape).toEqual([]);
      expect(Array.from(await file.readFloats())).toEqual([2.5]);
    });
    await withNpy(fixture('empty'), async (file) => {
      expect(file.shape).toEqual([0, 5]);
      expect(await file.readRows(0, 0)).toHaveLength(0);
    });
  });

  it('turns Fortran order into C order', async () => {
    const values = await withNpy(fixture('fortran-3d'), (file) => file.readFloats());
    expect(Array.from(values)).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it('says that a file is missing', async () => {
    await expect(openNpy(join(folder, 'nowhere.npy'))).rejects.toMatchObject({
      code: 'STRIATE_FILE_MISSING',
    });
    await expect(openNpy(folder)).rejects.toMatchObject({ code: 'STRIATE_FILE_MISSING' });
  });

  it.each(['complex64', 'text', 'object', 'structured'])('refuses %s values', async (name) => {
    await expect(openNpy(fixture(name))).rejects.toMatchObject({ code: 'STRIATE_NPY_DTYPE' });
  });

  it.each([
    ['cut short by a byte', (bytes: Buffer) => bytes.subarray(0, -1), '24 bytes, and 23 follow'],
    [
      'with a byte too many',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)]),
      '24 bytes, and 25 follow',
    ],
    ['cut within the header', (bytes: Buffer) => bytes.subarray(0, 40), 'ends at byte 128; the file has 40'],
    ['cut within the mark', (bytes: Buffer) => bytes.subarray(0, 4), 'only 4 bytes'],
    ['that is empty', () => Buffer.alloc(0), 'only 0 bytes'],
    ['of another kind', () => Buffer.from('PK\x03\x04 this is a zip archive'), 'mark'],
    ['of a later version', (bytes: Buffer) => (bytes.writeUInt8(9, 6), bytes), '9.0'],
    [
      'without a shape',
      (bytes: Buffer) => (bytes.write('garbage', bytes.indexOf("'shape'")), bytes),
      'shape',
    ],
    ['without a dictionary', (bytes: Buffer) => (bytes.write('*', 10), bytes), 'dictionary'],
  ])('refuses a file %s, with its sizes', async (_, alter, said) => {
    await expect(openNpy(await altered('float32', alter))).rejects.toMatchObject({
      code: 'STRIATE_NPY_MALFORMED',
      message: expect.stringContaining(said),
    });
  });
});

describe('readRows', () => {
  it('writes into the array that it is given, in its precision', async () => {
    await withNpy(fixture('float64'), async (file) => {
      const into = new Float32Array(3);
      expect(await file.readRows(1, 1, into)).toBe(into);
      expect(Array.from(into)).toEqual([4.5, 6, 7.5]);
    });
  });

  it('reads single values of a vector', async () => {
    expect(Array.from(await withNpy(fixture('vector'), (file) => file.readRows(1, 2)))).toEqual([2, 3]);
  });

  it('refuses rows in Fortran order, but not where both orders are the same', async () => {
    await expect(withNpy(fixture('fortran-3d'), (file) => file.readRows(0, 1))).rejects.toMatchObject({
      code: 'STRIATE_NPY_FORTRAN_ORDER',
    });
    expect(Array.from(await withNpy(fixture('fortran-vector'), (file) => file.readRows(2, 2)))).toEqual([
      2, 3,
    ]);
  });

  it.each([
    [1, 2],
    [-1, 1],
    [0, 0.5],
  ])('refuses rows that are not there (from %p, %p of them)', async (start, count) => {
    await expect(withNpy(fixture('float32'), (file) => file.readRows(start, count))).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });

  it('refuses an array of another length', async () => {
    const read = withNpy(fixture('float32'), (file) => file.readRows(0, 1, new Float32Array(4)));
    await expect(read).rejects.toMatchObject({ code: 'STRIATE_SHAPE_MISMATCH' });
  });

  it('says so when the file became shorter after it was opened', async () => {
    const path = await altered('float32', (bytes) => bytes);
    await withNpy(path, async (file) => {
      await writeFile(path, 'short');
      await expect(file.readRows(0, 2)).rejects.toMatchObject({ code: 'STRIATE_NPY_MALFORMED' });
    });
  });
});
