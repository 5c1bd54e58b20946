import type { MapShape } from '@striate/contracts';
import {
  describeEdges,
  describeLaws,
  missesTheTruth,
  QUICK,
  requestOf,
} from '../trained/__fixtures__/laws.js';
import { create } from './readout.js';

/** A step that is large beside the first masks (1e-3) may take all of a mask below zero at once. */
const SMALL_STEPS = { learningRate: 0.005, maxEpochs: 150, patience: 10 };

const deviations = missesTheTruth(
  "the kit's descriptors are noise: a hundred stimuli do not show that nothing follows from them",
);

describe('semantic-spatial-transformer', () => {
  const readout = create();
  describeLaws(readout, { options: SMALL_STEPS, deviations });
  describeEdges(readout);

  it.each<[MapShape]>([[[5, 1, 1]], [[3, 4, 6]], [[2, 14, 14]]])(
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

describe('semantic-spatial-transformer that moves nothing', () => {
  describeLaws(create(), { options: { ...SMALL_STEPS, moves: 'none' } });
});
