// What every trained readout is held to: the conformance kit, and the edges of training.

import { describeReadout, type Deviation } from '@striate/conformance';
import type { FitRequest, MapShape, Readout } from '@striate/contracts';
import { randomMaps, responsesOf } from '../../__fixtures__/planted.js';

/** The kit's data are small and certain: large steps, few of them. */
const FOR_KIT = {
  learningRate: 0.02,
  batchSize: 6,
  accumulate: 1,
  maxEpochs: 100,
  validateEvery: 20,
  patience: 6,
  seeds: 1,
};

/** Trains for a moment, where what comes out is not looked at. */
export const QUICK = {
  learningRate: 0.01,
  batchSize: 4,
  accumulate: 1,
  maxEpochs: 3,
  validateEvery: 4,
  seeds: 2,
};

/** The two laws of the kit that ask for the planted truth, for a readout that cannot find it. */
export const missesTheTruth = (reason: string): Deviation[] =>
  ['readout/recovers-linear-map', 'readout/fewer-stimuli-than-features'].map((law) => ({ law, reason }));

/** The laws of the conformance kit, one test each. */
export function describeLaws<Options>(
  readout: Readout<Options>,
  { options = {}, deviations = [] }: { options?: object; deviations?: readonly Deviation[] } = {},
): void {
  const parsed = readout.parseOptions({ ...FOR_KIT, ...options }) as Options;
  const subject = () => ({ plugin: readout.id, readout, options: parsed, isOrderDependent: true });
  describeReadout({ describe, it }, subject, { deviations });
}

/** What a fit does with maps of one pixel, voxels that were not measured, and data that do not fit. */
export function describeEdges<Options>(readout: Readout<Options>): void {
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
}

/** Three voxels that mostly see the first number of a map, with a descriptor that says nothing. */
export function requestOf(map: MapShape, locator: MapShape, nStimuli = 24): FitRequest {
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
