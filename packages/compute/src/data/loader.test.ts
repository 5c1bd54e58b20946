import { rowsInMemory } from '@striate/contracts';
import fc from 'fast-check';
import type { Batch } from '../training/train.js';
import { readFeatures } from './features.js';
import { loadBatches, type LoaderOptions, type ReadBatch } from './loader.js';
import { epochOrder } from './order.js';

describe('epochOrder', () => {
  it('has every row once, and is the same for the same seed and epoch', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer(), fc.nat(20), (n, seed, epoch) => {
        const order = epochOrder(n, seed, epoch);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(epochOrder(n, seed, epoch)).toEqual(order);
      }),
    );
  });

  it('is another one in every epoch, and for every seed', () => {
    const orders = [0, 1, 2, 3].flatMap((epoch) => [7, 8].map((seed) => epochOrder(50, seed, epoch).join()));
    expect(new Set(orders).size).toBe(8);
  });

  it('puts every row first about equally often', () => {
    const counts = new Array<number>(4).fill(0);
    for (let epoch = 0; epoch < 2000; epoch++) counts[epochOrder(4, 1, epoch)[0]]++;
    // Binomial(2000, 1/4): standard deviation 19.4.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(4 * 19.4);
  });

  it('leaves rows in their order without a seed', () => {
    expect(Array.from(epochOrder(3, undefined, 5))).toEqual([0, 1, 2]);
  });
});

/** Batches that hold the rows themselves. */
const readRows: ReadBatch = (rows) =>
  Promise.resolve({ rows: { dtype: 'int32', shape: [rows.length], data: rows } });
const rowsOf = (batch: Batch) => Array.from(batch['rows'].data as Int32Array);

async function collect(read: ReadBatch, options: LoaderOptions, epoch = 0, start = 0): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of loadBatches(read, options).batches(epoch, start)) batches.push(rowsOf(batch));
  return batches;
}

describe('loadBatches', () => {
  it('drops what does not fill a batch, or keeps it', async () => {
    const options = { nStimuli: 7, batchSize: 3 };
    expect(await collect(readRows, options)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(await collect(readRows, { ...options, lastBatch: 'keep' })).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(loadBatches(readRows, options).nBatches).toBe(2);
    expect(loadBatches(readRows, { ...options, lastBatch: 'keep' }).nBatches).toBe(3);
  });

  it('goes on from any batch of any epoch with the batches that an undisturbed stream gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ nStimuli: fc.integer({ min: 5, max: 40 }), batchSize: fc.integer({ min: 1, max: 5 }) }),
        fc.record({ seed: fc.nat(), epoch: fc.nat(5), start: fc.nat(8), ahead: fc.nat(4) }),
        async (sizes, { seed, epoch, start, ahead }) => {
          const order = (each: number) => epochOrder(sizes.nStimuli, seed, each);
          const options: LoaderOptions = { ...sizes, order, lastBatch: 'keep', ahead };
          const whole = await collect(readRows, { ...options, ahead: 0 }, epoch);
          expect(await collect(readRows, options, epoch, start)).toEqual(whole.slice(start));
          expect(whole.flat().sort((a, b) => a - b)).toEqual(
            Array.from({ length: sizes.nStimuli }, (_, i) => i),
          );
        },
      ),
    );
  });

  it.each([0, 1, 3])('keeps %i batches ahead and no more, in buffers that are used again', async (ahead) => {
    const buffers = new Set<ArrayBufferLike>();
    let [begun, most, used] = [0, 0, 0];
    const read: ReadBatch = async (rows, into) => {
      most = Math.max(most, ++begun - used);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const data = (into?.['rows'].data as Int32Array | undefined) ?? new Int32Array(2);
      data.set(rows);
      buffers.add(data.buffer);
      return { rows: { dtype: 'int32', shape: [2], data } };
    };
    const seen: number[][] = [];
    for await (const batch of loadBatches(read, { nStimuli: 40, batchSize: 2, ahead }).batches(0, 0)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(rowsOf(batch));
      used++;
    }
    expect(seen.flat()).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(most).toBe(ahead + 1);
    expect(buffers.size).toBe(ahead + 1);
  });

  it('throws what reading throws, when it is the turn of that batch', async () => {
    const read: ReadBatch = (rows) =>
      rows.includes(5) ? Promise.reject(new RangeError('no stimulus 5')) : readRows(rows);
    const seen: number[][] = [];
    const stream = async () => {
      for await (const batch of loadBatches(read, { nStimuli: 8, batchSize: 2 }).batches(0, 0))
        seen.push(rowsOf(batch));
    };
    await expect(stream()).rejects.toThrow('no stimulus 5');
    expect(seen).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('stops when it is told to, even while a batch never comes', async () => {
    const controller = new AbortController();
    const read: ReadBatch = (rows) => (rows.includes(2) ? new Promise(() => undefined) : readRows(rows));
    setTimeout(() => controller.abort(), 5);
    await expect(
      collect(read, { nStimuli: 8, batchSize: 2, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'STRIATE_ABORTED' });
  });

  it('reads nothing more once nobody asks for more', async () => {
    let begun = 0;
    const read: ReadBatch = (rows) => (begun++, readRows(rows));
    for await (const _ of loadBatches(read, { nStimuli: 100, batchSize: 1, ahead: 2 }).batches(0, 0)) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toBe(3);
  });

  it.each([
    [{ batchSize: 0 }, 'batchSize'],
    [{ batchSize: 9 }, 'batchSize'],
    [{ ahead: -1 }, 'ahead'],
    [{ ahead: 0.5 }, 'ahead'],
  ])('refuses %j', (wrong, option) => {
    expect(() => loadBatches(readRows, { nStimuli: 8, batchSize: 2, ...wrong })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_TRAINING_OPTION',
        context: expect.objectContaining({ option }),
      }),
    );
  });
});

describe('readFeatures', () => {
  it('reads rows of several features as one batch, into buffers that it is given', async () => {
    const ids = ['a', 'b', 'c'];
    const read = readFeatures({
      map: rowsInMemory(ids, ['channel', 'height', 'width'], [1, 1, 2], Float32Array.of(1, 2, 3, 4, 5, 6)),
      descriptor: rowsInMemory(ids, ['feature'], [1], Float32Array.of(7, 8, 9)),
    });
    const batch = await read(Int32Array.of(2, 0));
    expect(batch).toEqual({
      map: { dtype: 'float32', shape: [2, 1, 1, 2], data: Float32Array.of(5, 6, 1, 2) },
      descriptor: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(9, 7) },
    });
    const again = await read(Int32Array.of(1, 1), batch);
    expect(again['map'].data.buffer).toBe(batch['map'].data.buffer);
    expect(again['map'].data).toEqual(Float32Array.of(3, 4, 3, 4));
  });
});
