import { describeReadout, type Deviation } from '@striate/conformance';
import { rowsInMemory } from '@striate/contracts';
import { ids, r2Of, randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { create as createRidge } from '../ridge/readout.js';
import { create } from './readout.js';
import { poolGlobally } from './pooled.js';

describe('poolGlobally', () => {
  it('takes the mean of each channel over all places', async () => {
    const maps = Float32Array.of(
      1,
      2,
      3,
      6,
      /* channel 2 */ 0,
      0,
      0,
      4,
      /* stimulus 2 */ 8,
      8,
      8,
      8,
      -1,
      1,
      -1,
      1,
    );
    const features = rowsInMemory(['a', 'b'], ['channel', 'height', 'width'], [2, 2, 2], maps);
    const pooled = poolGlobally(features);
    expect(pooled.rowShape).toEqual([2]);
    expect([...(await pooled.readRows([1, 0]))]).toEqual([8, 0, 3, 1]);
  });

  it('leaves vectors as they are', async () => {
    const features = rowsInMemory(['a'], ['feature'], [3], Float32Array.of(1, 2, 3));
    expect([...(await poolGlobally(features).readRows([0]))]).toEqual([1, 2, 3]);
  });

  it('refuses features without channels', () => {
    const tokens = { ...rowsInMemory(['a'], ['token', 'feature'], [2, 2], new Float32Array(4)) };
    expect(() => poolGlobally(tokens)).toThrow(expect.objectContaining({ code: 'STRIATE_SHAPE_MISMATCH' }));
  });

  it('reads many stimuli in blocks, in the order asked for', async () => {
    const { features } = randomMaps(150, [2, 3, 3], 1);
    const order = ids('', 150).map((_, i) => (i * 7) % 150);
    const all = await poolGlobally(features).readRows(order);
    const single = await poolGlobally(features).readRows([order[140]]);
    expect([...all.subarray(280, 282)]).toEqual([...single]);
  });
});

describe('global-pool-ridge', () => {
  it('predicts what depends on channels alone, and nothing that depends on places', async () => {
    const { features, data } = randomMaps(400, [3, 4, 4], 2);
    const mean = (s: number, channel: number) =>
      data.subarray((s * 3 + channel) * 16, (s * 3 + channel + 1) * 16).reduce((sum, x) => sum + x / 16, 0);
    const corner = (s: number) => data[s * 48] - data[s * 48 + 15];
    const responses = responsesOf(400, 2, (s, voxel) =>
      voxel === 0 ? mean(s, 0) - 2 * mean(s, 2) : corner(s),
    );
    const readout = create();
    const options = readout.parseOptions({ alphas: [0.01, 1, 100] });
    const fitted = await readout.doFit({ inputs: { features }, responses, seed: 1 }, options);
    const [global, local] = r2Of(await fitted.doPredict({ features }), responses.values);
    expect(global).toBeGreaterThan(0.999);
    expect(local).toBeLessThan(0.05);
  });

  it('is ridge on a map of one pixel, to the last bit', async () => {
    const { features } = randomMaps(60, [5, 1, 1], 3);
    const responses = responsesOf(60, 2, (s, voxel) => Math.sin(s + voxel));
    const predictions = [createRidge(), create()].map(async (readout) => {
      const fitted = await readout.doFit(
        { inputs: { features }, responses, seed: 1 },
        readout.parseOptions({}),
      );
      return [...(await fitted.doPredict({ features })).data];
    });
    expect(await predictions[1]).toEqual(await predictions[0]);
  });

  it('takes the memory and the time of ridge on its channels', () => {
    const [readout, ridge] = [create(), createRidge()];
    const options = readout.parseOptions({});
    const maps = { nStimuli: 1000, rowShape: [512, 7, 7], rowLength: 512 * 49, nVoxels: 100 };
    const channels = { ...maps, rowShape: [512], rowLength: 512 };
    expect(readout.estimateMemory(maps, options)).toBe(ridge.estimateMemory(channels, options));
    expect(readout.estimateWork(maps, options)).toBe(ridge.estimateWork(channels, options));
  });

  it('says its own name when an option is wrong', () => {
    expect(() => create().parseOptions({ alpha: 1 })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        message: expect.stringContaining('global-pool-ridge'),
      }),
    );
  });

  /** The kit plants voxels that look at one place, which the mean over all places does not tell. */
  const deviations: Deviation[] = [
    { law: 'readout/recovers-linear-map', reason: 'what a voxel sees at one place is out of reach' },
    { law: 'readout/fewer-stimuli-than-features', reason: 'what a voxel sees at one place is out of reach' },
    {
      law: 'readout/training-order-irrelevant',
      reason: 'what is out of reach is noise, and folds in another order choose another penalty for it',
    },
  ];
  const readout = create();
  const subject = () => ({ plugin: 'global-pool-ridge', readout, options: readout.parseOptions({}) });
  describeReadout({ describe, it }, subject, { deviations });
});
