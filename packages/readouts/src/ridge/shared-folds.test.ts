import {
  averageRepetitions,
  rowsInMemory,
  selectRows,
  type FeatureRows,
  type StimulusByVoxel,
} from '@striate/contracts';
import { create } from './readout.js';

const N = 30;
const P = 50;
const ids = Array.from({ length: N }, (_, i) => `s${i}`);
const numbers = (count: number, rate: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(rate * (i + 1) ** 2));
const features = () => rowsInMemory(ids, ['feature'], [P], numbers(N * P, 0.37));
const train = Array.from({ length: 22 }, (_, i) => i + 4);
const test = [0, 1, 2, 3, 26, 27, 28, 29];

async function predictions(rowsFor: (positions: number[]) => FeatureRows): Promise<StimulusByVoxel> {
  const ridge = create();
  const data = Float64Array.from(numbers(train.length * 3, 0.11));
  const responses = averageRepetitions({
    stimulusIds: train.map((i) => ids[i]),
    voxelIds: ['a', 'b', 'c'],
    values: { axes: ['repetition', 'stimulus', 'voxel'], shape: [1, train.length, 3], data },
  });
  const request = { inputs: { features: rowsFor(train) }, responses, seed: 1 };
  const fitted = await ridge.doFit(request, ridge.parseOptions({ alphas: [0.1, 1, 10], folds: 3 }));
  return fitted.doPredict({ features: rowsFor(test) });
}

describe('ridge on selections of the same stimuli', () => {
  it('shares their inner products, and predicts as it does without', async () => {
    const whole = features();
    const shared = await predictions((positions) => selectRows(whole, positions));
    const apart = await predictions(
      (positions) => ({ ...selectRows(features(), positions), origin: undefined }) as never,
    );
    const largest = Math.max(...shared.data.map(Math.abs));
    shared.data.forEach((value, i) => expect(Math.abs(value - apart.data[i])).toBeLessThan(1e-4 * largest));
  });

  it('reads each stimulus once for all folds', async () => {
    let nRead = 0;
    const whole = features();
    const counting: FeatureRows = {
      ...whole,
      readRows: (rows, into) => {
        nRead += rows.length;
        return whole.readRows(rows, into);
      },
    };
    const rowsFor = (positions: number[]) => selectRows(counting, positions);
    await predictions(rowsFor);
    expect(nRead).toBe(N);
  });
});
