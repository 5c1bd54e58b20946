// Predictions made by scikit-learn; how, stands in `__fixtures__/README.md`.
import { readFileSync } from 'node:fs';
import { rowsInMemory } from '@striate/contracts';
import { ids, responsesOf } from '../__fixtures__/planted.js';
import { create } from './readout.js';

interface Case {
  readonly shape: readonly [nStimuli: number, nFeatures: number, nVoxels: number];
  /** Training stimuli, then those to predict. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly predictions: Readonly<Record<string, readonly number[]>>;
}

const cases = JSON.parse(readFileSync('src/pls/__fixtures__/scikit-learn.json', 'utf8')) as Record<
  string,
  Case
>;

describe.each(Object.entries(cases))(
  'pls, as PLSRegression on %s features',
  (_, { shape, x, y, predictions }) => {
    const [nStimuli, nFeatures, nVoxels] = shape;
    const rowsOf = (from: number, data: readonly number[]) => {
      const n = data.length / nFeatures;
      return rowsInMemory(ids(`s${from}-`, n), ['feature'], [nFeatures], Float32Array.from(data));
    };
    const split = nStimuli * nFeatures;
    const train = rowsOf(0, x.slice(0, split));
    const test = rowsOf(nStimuli, x.slice(split));
    const responses = responsesOf(nStimuli, nVoxels, (s, v) => y[s * nVoxels + v]);

    it.each([
      [1, false],
      [3, false],
      [1, true],
      [3, true],
    ])('predicts from %d components, scale=%s, to 1e-9 of the largest', async (components, standardise) => {
      const readout = create();
      const options = readout.parseOptions({ components, standardise });
      const fitted = await readout.doFit({ inputs: { features: train }, responses, seed: 1 }, options);
      const { data } = await fitted.doPredict({ features: test });
      const expected = predictions[`${components},${standardise ? 'True' : 'False'}`];
      const largest = Math.max(...expected.map(Math.abs));
      expect(data).toHaveLength(expected.length);
      expected.forEach((value, i) => expect(Math.abs(data[i] - value)).toBeLessThan(1e-9 * largest));
    });
  },
);
