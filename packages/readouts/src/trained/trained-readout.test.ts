import type { FitRequest, Readout } from '@striate/contracts';
import { randomMaps, responsesOf } from '../__fixtures__/planted.js';
import { plugin } from '../index.js';

const QUICK = { learningRate: 0.01, batchSize: 4, accumulate: 1, maxEpochs: 3, validateEvery: 4, seeds: 2 };
const TRAINED = [
  'factorized',
  'gaussian2d',
  'linear-sgd',
  'semantic-spatial-transformer',
  'softmax-attention',
];
const make = (id: string) => plugin.provides.readouts![id]() as Readout;

type Shape = readonly [channels: number, height: number, width: number];

function requestOf(map: Shape, locator: Shape, nStimuli = 24): FitRequest {
  const { features, data } = randomMaps(nStimuli, map, 1);
  const length = data.length / nStimuli;
  return {
    inputs: { features, descriptor: randomMaps(nStimuli, locator, 2).features },
    responses: responsesOf(
      nStimuli,
      3,
      (s, v) => data[s * length] * (v + 1) + 0.1 * data[(s + 1) % nStimuli],
    ),
    seed: 1,
  };
}

describe.each(TRAINED)('%s', (id) => {
  const readout = make(id);
  const fit = (request: FitRequest, options: object = {}) =>
    readout.doFit(request, readout.parseOptions({ ...QUICK, ...options }));

  it('fits a map of one pixel', async () => {
    const request = requestOf([4, 1, 1], [3, 7, 7]);
    const fitted = await fit(request);
    const { data } = await fitted.doPredict(request.inputs);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('counts the parameters that it trains', async () => {
    const request = requestOf([4, 3, 2], [3, 2, 2]);
    const fitted = await fit(request, { strengths: [0, 0.1] });
    const { arrays } = await fitted.toState();
    const first = Object.keys(arrays).filter((name) => name.startsWith('run0/'));
    const count = first.reduce((sum, name) => sum + arrays[name].data.length, 0);
    expect(fitted.nParameters).toBe(count);
  });

  it('predicts NaN for a voxel of a subject that saw nothing, and numbers for the others', async () => {
    const request = requestOf([4, 3, 3], [3, 2, 2]);
    const observed = Uint8Array.from({ length: 24 * 3 }, (_, i) => Number(i % 3 !== 1));
    const fitted = await fit({ ...request, responses: { ...request.responses, observed } });
    const { data } = await fitted.doPredict(request.inputs);
    expect([...data].map((value, i) => Number.isNaN(value) === (i % 3 === 1))).not.toContain(false);
  });

  it('refuses too few stimuli to train and to validate on', async () => {
    await expect(fit(requestOf([4, 3, 3], [3, 2, 2], 3))).rejects.toMatchObject({
      code: 'STRIATE_TOO_FEW_STIMULI',
    });
  });

  it('refuses features of another layer than it was fitted on', async () => {
    const fitted = await fit(requestOf([4, 3, 3], [3, 2, 2]));
    await expect(fitted.doPredict(requestOf([4, 3, 2], [3, 2, 2]).inputs)).rejects.toMatchObject({
      code: 'STRIATE_SHAPE_MISMATCH',
    });
  });
});

describe('semantic-spatial-transformer', () => {
  const readout = make('semantic-spatial-transformer');

  it.each<[Shape]>([[[5, 1, 1]], [[3, 4, 6]], [[2, 14, 14]]])(
    'takes a locator of any grid: %j',
    async (locator) => {
      const request = requestOf([4, 3, 3], locator);
      const fitted = await readout.doFit(request, readout.parseOptions(QUICK));
      const again = readout.fromState(structuredClone(await fitted.toState()));
      expect((await again.doPredict(request.inputs)).data).toEqual(
        (await fitted.doPredict(request.inputs)).data,
      );
    },
  );

  it('asks for a locator where it has none', async () => {
    const { inputs, ...request } = requestOf([4, 3, 3], [3, 2, 2]);
    const without = { ...request, inputs: { features: inputs.features } };
    await expect(readout.doFit(without, readout.parseOptions(QUICK))).rejects.toMatchObject({
      code: 'STRIATE_UNSUPPORTED',
      hint: expect.stringContaining('locator'),
    });
  });
});

describe('gaussian2d placed by the cortex', () => {
  it('asks for coordinates where there are none', async () => {
    const readout = make('gaussian2d');
    const options = readout.parseOptions({ ...QUICK, location: 'cortical' });
    await expect(readout.doFit(requestOf([4, 3, 3], [3, 2, 2]), options)).rejects.toMatchObject({
      code: 'STRIATE_UNSUPPORTED',
      message: expect.stringContaining('coordinates'),
    });
  });
});
