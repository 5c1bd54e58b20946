import { evaluate, input, type Tensor, type Value } from '@striate/compute';
import { selectRows, type FitRequest, type FittedReadout, type TrainableCore } from '@striate/contracts';
import { r2Of, randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { create } from '../factorized/readout.js';
import { rectifyingCore } from './__fixtures__/core.js';

const MAP = [1, 3, 4] as const;
const N = 800;
const { features, data } = randomMaps(N, MAP, 5);
/** Voxels see the size of the pixels in their half of the map, whatever the sign: no readout of the map itself can. */
const responses = responsesOf(N, 2, (s, v) => {
  let sum = 0;
  for (let place = 0; place < 12; place++)
    if (Math.floor((place % 4) / 2) === v) sum += Math.abs(data[12 * s + place]);
  return 3 + sum;
});

const readout = create();
const options = readout.parseOptions({
  ...{
    learningRate: 0.02,
    batchSize: 10,
    accumulate: 1,
    maxEpochs: 60,
    validateEvery: 30,
    patience: 6,
    seeds: 1,
  },
});
const request: FitRequest = { inputs: { features }, responses, seed: 1 };
const core = rectifyingCore(4) as TrainableCore;

/** R2 of fresh stimuli. */
async function scoreOf(fitted: FittedReadout): Promise<Float64Array> {
  const fresh = randomMaps(200, MAP, 6);
  const truth = responsesOf(200, 2, (s, v) => {
    const places = Array.from({ length: 12 }, (_, place) => place).filter(
      (place) => place % 4 < 2 === (v === 0),
    );
    return 3 + places.reduce((sum, place) => sum + Math.abs(fresh.data[12 * s + place]), 0);
  });
  return r2Of(await fitted.doPredict({ features: fresh.features }), truth.values);
}

describe('a readout with a core in front of it', () => {
  let fitted: FittedReadout;
  beforeAll(async () => {
    fitted = await readout.doFit({ ...request, core }, options);
  });

  it('finds what is not linear in the map, which the readout alone cannot', async () => {
    for (const r2 of await scoreOf(fitted)) expect(r2).toBeGreaterThan(0.8);
    for (const r2 of await scoreOf(await readout.doFit(request, options))) expect(r2).toBeLessThan(0.2);
  });

  it('gives the same bits for the same seed', async () => {
    const again = await readout.doFit({ ...request, core }, options);
    expect(await again.toState()).toEqual(await fitted.toState());
  });

  it('counts the parameters of both', () => {
    // 12 places, 4 channels and a constant for each of 2 voxels; 4 x (1 weight, scale and bias).
    expect(fitted.nParameters).toBe(2 * (12 + 4 + 1) + 12);
  });

  it('tells where voxels look on the map of the core', () => {
    const [left, right] = fitted.perVoxel['fieldX'];
    expect(left).toBeLessThan(-0.3);
    expect(right).toBeGreaterThan(0.3);
  });

  it('predicts the same from its state, behind the same core', async () => {
    const restored = readout.fromState(structuredClone(await fitted.toState()), core);
    expect(await restored.doPredict({ features })).toEqual(await fitted.doPredict({ features }));
  });

  it.each([
    ['no core', undefined],
    ['another core', rectifyingCore(5) as TrainableCore],
  ])('refuses its state with %s', async (_, other) => {
    const state = await fitted.toState();
    expect(() => readout.fromState(state, other)).toThrow(
      expect.objectContaining({ code: 'STRIATE_UNSUPPORTED' }),
    );
  });

  it('exports both as one graph, with the statistics that training ended with', async () => {
    const y = (await fitted.toGraph!({ features: input('map', [1, ...MAP]) })) as Value;
    const map: Tensor = { dtype: 'float32', shape: [1, ...MAP], data: await features.readRows([7]) };
    const actual = (await evaluate({ y }, { map })).y.data as Float32Array;
    const expected = (await fitted.doPredict({ features: selectRows(features, [7]) })).data;
    actual.forEach((value, voxel) => expect(value).toBeCloseTo(expected[voxel], 5));
  });
});

describe('a readout behind a core that passes the map on', () => {
  const passing = {
    ...{ id: 'passing', fingerprint: 'passing', description: 'the map as it is' },
    measure: (map: typeof MAP) => ({ map, nParameters: 0, nActivations: 0, nOperations: 0 }),
    open: () => ({
      ...{ parameters: [], running: [] },
      build: (map: Value) => ({ featureMap: map, running: new Map() }),
    }),
  } as unknown as TrainableCore;

  it('learns batch after batch what the readout alone learns from all batches of an update at once', async () => {
    const brief = readout.parseOptions({
      ...{ learningRate: 0.01, batchSize: 4, accumulate: 3, maxEpochs: 2, seeds: 1, strengths: [0.1] },
    });
    const [one, all] = await Promise.all(
      [passing, undefined].map(async (core) => {
        const fitted = await readout.doFit({ ...request, ...(core ? { core } : {}) }, brief);
        return (await fitted.doPredict({ features })).data;
      }),
    );
    all.forEach((value, i) => expect(value).toBeCloseTo(one[i], 4));
  });
});

describe('the estimates', () => {
  it('count the core', () => {
    const size = { nStimuli: N, rowShape: [...MAP], rowLength: 12, nVoxels: 2 };
    const withCore = { ...size, core: core.measure(MAP) };
    const { nParameters, nActivations, nOperations, map } = withCore.core;
    expect(map).toEqual([4, 3, 4]);
    expect(readout.estimateMemory(withCore, options) - readout.estimateMemory(size, options)).toBeGreaterThan(
      4 * (6 * nParameters + 3 * 10 * nActivations),
    );
    expect(readout.estimateWork(withCore, options)).toBe(
      // Epochs x (3 passes (forwards and backwards) x stimuli x (core, and 2 voxels reading 48 numbers), and updates).
      60 * (3 * N * (nOperations + 2 * 2 * 48) + (N / 10) * 400 * (nParameters + 2 * (12 + 4 + 1))),
    );
  });
});
