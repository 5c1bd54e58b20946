import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { NpyData } from './dtype.js';
import { withNpy } from './read.js';
import { encodeNpy, writeNpy } from './write.js';

const fixture = (name: string) => fileURLToPath(new URL(`./__fixtures__/${name}.npy`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('encodeNpy', () => {
  it.each<[string, number[], NpyData]>([
    ['float32', [2, 3], Float32Array.of(0, 1.5, 3, 4.5, 6, 7.5)],
    ['float64', [2, 3], Float64Array.of(0, 1.5, 3, 4.5, 6, 7.5)],
    ['uint8', [2, 3], Uint8Array.of(0, 1, 3, 4, 6, 7)],
    ['int8', [2, 3], Int8Array.of(0, 1, 3, 4, 6, 7)],
    ['uint16', [2, 3], Uint16Array.of(0, 1, 3, 4, 6, 7)],
    ['int16', [2, 3], Int16Array.of(0, 1, 3, 4, 6, 7)],
    ['uint32', [2, 3], Uint32Array.of(0, 1, 3, 4, 6, 7)],
    ['int32', [2, 3], Int32Array.of(0, 1, 3, 4, 6, 7)],
    ['uint64', [2, 3], BigUint64Array.of(0n, 1n, 3n, 4n, 6n, 7n)],
    ['int64-extremes', [3], BigInt64Array.of(-(2n ** 63n), -1n, 2n ** 63n - 1n)],
    ['scalar', [], Float64Array.of(2.5)],
    ['empty', [0, 5], new Float32Array(0)],
    ['vector', [3], Float32Array.of(1, 2, 3)],
  ])('writes the bytes that numpy writes (%s)', async (name, shape, data) => {
    expect(Buffer.from(encodeNpy(shape, data))).toEqual(await readFile(fixture(name)));
  });

  it('refuses sizes that do not multiply to the number of values', () => {
    expect(() => encodeNpy([2, 3], new Float32Array(5))).toThrow(
      expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }),
    );
  });
});

describe('writeNpy', () => {
  it('gives back, bit for bit and by any rows, what was written', async () => {
    const path = join(folder, 'round-trip.npy');
    const array = fc
      .record({ rows: fc.integer({ min: 1, max: 20 }), columns: fc.integer({ min: 1, max: 9 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          shape: fc.constant([rows, columns]),
          data: fc.oneof(
            fc.float32Array({ minLength: rows * columns, maxLength: rows * columns }),
            fc.float64Array({ minLength: rows * columns, maxLength: rows * columns }),
          ),
          start: fc.integer({ min: 0, max: rows - 1 }),
        }),
      );
    await fc.assert(
      fc.asyncProperty(array, async ({ shape, data, start }) => {
        await writeNpy(path, shape, data);
        await withNpy(path, async (file) => {
          expect(file.shape).toEqual(shape);
          expect(await file.readAll()).toEqual(data);
          expect(await file.readRows(start, shape[0] - start)).toEqual(data.subarray(start * shape[1]));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('reads back an array that is longer than a chunk', async () => {
    const path = join(folder, 'long.npy');
    const data = Float32Array.from({ length: 700_001 }, (_, i) => i);
    await writeNpy(path, [data.length], data);
    await withNpy(path, async (file) => {
      expect(Buffer.compare(Buffer.from((await file.readFloats()).buffer), Buffer.from(data.buffer))).toBe(0);
    });
  });

  it('says which folder cannot be written', async () => {
    await expect(writeNpy(join(folder, 'no', 'a.npy'), [1], new Float32Array(1))).rejects.toMatchObject({
      code: 'STRIATE_FOLDER_NOT_WRITABLE',
      context: { path: join(folder, 'no') },
    });
  });
});
