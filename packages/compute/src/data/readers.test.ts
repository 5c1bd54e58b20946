import { pathToFileURL } from 'node:url';
import { loadBatches } from './loader.js';
import { openReaders, type Readers } from './readers.js';

const module = new URL('__fixtures__/reader.mjs', import.meta.url);
let readers: Readers | undefined;
const open = async (options: unknown = {}, workers = 1) =>
  (readers = await openReaders({ module, options, workers }));
afterEach(async () => {
  await readers?.dispose();
  readers = undefined;
});

describe('openReaders', () => {
  it('reads batches in threads, in the order of the loader however long each takes', async () => {
    const { read } = await open({ milliseconds: 3 }, 2);
    const pixels: number[] = [];
    const reused: number[] = [];
    for await (const batch of loadBatches(read, { nStimuli: 12, batchSize: 2, ahead: 3 }).batches(0, 0)) {
      pixels.push(...(batch['pixels'].data as Float32Array));
      reused.push(Number(batch['reused'].data[0]));
    }
    expect(pixels).toEqual(Array.from({ length: 12 }, (_, i) => [i, i + 1]).flat());
    // The first is read alone, three are begun while it is used, and from then on spent buffers go back.
    expect(reused).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it('takes over buffers without copying them', async () => {
    const { read } = await open();
    const first = await read(Int32Array.of(4));
    await read(Int32Array.of(5), first);
    expect(first['pixels'].data.byteLength).toBe(0);
  });

  it('copies a part of a larger buffer, and leaves that alone', async () => {
    const { read } = await open();
    const whole = Float32Array.of(1, 2, 3, 4);
    const into = { pixels: { dtype: 'float32' as const, shape: [1, 2], data: whole.subarray(0, 2) } };
    expect((await read(Int32Array.of(8), into))['pixels'].data).toEqual(Float32Array.of(8, 9));
    expect(whole).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('names the stimuli of a batch that cannot be read, and reads on', async () => {
    const { read } = await open({ fail: 7 });
    await expect(read(Int32Array.of(6, 7))).rejects.toMatchObject({
      code: 'STRIATE_READING_FAILED',
      context: { what: 'The batch of stimuli 6, 7', reason: 'stimulus 7 is no image' },
    });
    expect((await read(Int32Array.of(1)))['pixels'].data).toEqual(Float32Array.of(1, 2));
  });

  it('fails what was asked for, and what is asked for later, when a thread ends', async () => {
    const { read } = await open({ exit: 2 });
    const reads = [read(Int32Array.of(2)), read(Int32Array.of(3))];
    for (const settled of await Promise.allSettled(reads))
      expect(settled).toMatchObject({
        reason: { code: 'STRIATE_READING_FAILED', message: expect.stringMatching(/code 3/) },
      });
    await expect(read(Int32Array.of(3))).rejects.toMatchObject({ code: 'STRIATE_READING_FAILED' });
  });

  it.each([
    ['refuses', { module, options: { refuse: true } }, /no such folder/],
    ['is not there', { module: pathToFileURL('/nowhere/reader.mjs') }, /nowhere/],
  ])('says why where a reader %s', async (_, options, message) => {
    await expect(openReaders({ workers: 2, ...options })).rejects.toMatchObject({
      code: 'STRIATE_READING_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('ends while batches are being read', async () => {
    const { read, dispose } = await open({ milliseconds: 10_000 });
    const reading = read(Int32Array.of(1));
    await Promise.all([
      expect(reading).rejects.toMatchObject({ code: 'STRIATE_USED_AFTER_DISPOSE' }),
      dispose(),
    ]);
    await expect(read(Int32Array.of(1))).rejects.toMatchObject({ code: 'STRIATE_USED_AFTER_DISPOSE' });
  });
});
