import { randomFrom } from '@striate/compute';
import { selectRows, type FitRequest, type Readout } from '@striate/contracts';
import { create as createFactorized } from '../factorized/readout.js';
import { bell, plantResponses, whiteMaps } from '../trained/__fixtures__/planted.js';
import { correlateWith, meanDefined } from '../trained/validation.js';
import { create } from './readout.js';

const SIZE = 7;
const MAP = [3, SIZE, SIZE] as const;
const N_TRAINING = 400;
const N_TEST = 100;
const CENTRES = [
  [-0.2, 0.1],
  [0.2, 0.2],
  [0, -0.25],
] as const;
const SEEDS = [1, 2, 3, 4];

/** Student's t with three degrees of freedom: 95 % lie below. */
const T_3 = 2.353;

const TRAINING = {
  ...{ learningRate: 0.005, batchSize: 20, accumulate: 1, maxEpochs: 60, validateEvery: 36, patience: 8 },
  ...{ seeds: 1, standardise: false },
};
const asReadout = (readout: unknown) => readout as Readout;
const FACTORIZED = asReadout(createFactorized());
const TRANSFORMER = asReadout(create());

/** An object stands somewhere in each image, and the descriptor says where; voxels look `reach` times as far aside. */
function plant(seed: number, reach: number): FitRequest {
  const random = randomFrom(seed);
  const n = N_TRAINING + N_TEST;
  const maps = whiteMaps(n, MAP, random);
  const object = random.uniform([n, 2], -0.5, 0.5).data;
  const weights = random.normal([CENTRES.length, MAP[0]], 1).data;
  const fields = CENTRES.map(([x, y], v) => ({
    mask: (s: number) => bell(SIZE, [x + reach * object[2 * s], y + reach * object[2 * s + 1]], 0.25),
    weights: weights.subarray(v * MAP[0], (v + 1) * MAP[0]),
  }));
  const { request } = plantResponses(maps, MAP, fields, { noise: 0.05, random, descriptor: object });
  return { ...request, seed };
}

/** Fit on the first stimuli; mean r on the others. */
async function fitAndScore(readout: Readout, request: FitRequest, options: object) {
  const { inputs, responses, seed } = request;
  const rows = Int32Array.from({ length: N_TRAINING + N_TEST }, (_, row) => row);
  const [training, test] = [rows.subarray(0, N_TRAINING), rows.subarray(N_TRAINING)];
  const pick = (some: Int32Array) => ({
    features: selectRows(inputs.features, some),
    descriptor: selectRows(inputs.descriptor!, some),
  });
  const nVoxels = CENTRES.length;
  const learnt = {
    ...{ stimulusIds: responses.stimulusIds.slice(0, N_TRAINING), voxelIds: responses.voxelIds },
    values: {
      axes: ['stimulus', 'voxel'] as const,
      shape: [N_TRAINING, nVoxels] as const,
      data: responses.values.data.slice(0, N_TRAINING * nVoxels),
    },
  };
  const parsed = readout.parseOptions({ ...TRAINING, ...options });
  const fitted = await readout.doFit({ inputs: pick(training), responses: learnt, seed }, parsed);
  const correlation = correlateWith({ responses });
  correlation.add(test, Float32Array.from((await fitted.doPredict(pick(test))).data));
  return { r: meanDefined(correlation.finish()), perVoxel: fitted.perVoxel };
}

/** How much the transformer is ahead, with t over seeds of the paired differences. */
async function compare(reach: number) {
  const differences: number[] = [];
  const shifts: number[] = [];
  for (const seed of SEEDS) {
    const request = plant(seed, reach);
    const fixed = await fitAndScore(FACTORIZED, request, {});
    const moving = await fitAndScore(TRANSFORMER, request, { moves: 'voxels' });
    differences.push(moving.r - fixed.r);
    shifts.push(...moving.perVoxel['fieldShift']);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gain = mean(differences);
  const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - gain) ** 2, 0) / (SEEDS.length - 1));
  return { gain, t: gain / (sd / Math.sqrt(SEEDS.length)), shift: mean(shifts) };
}

describe('the semantic spatial transformer', () => {
  it('beats the factorised readout where fields follow an object, and says how far they move', async () => {
    const { gain, t, shift } = await compare(1);
    expect(gain).toBeGreaterThan(0.2);
    expect(t).toBeGreaterThan(T_3);
    // The object's distance from the middle has a root mean square of 0.41; at the edges masks lose what leaves the map.
    expect(shift).toBeGreaterThan(0.3);
    expect(shift).toBeLessThan(0.45);
  });

  it('does not where fields stay, and leaves them where they are', async () => {
    const { gain, t, shift } = await compare(0);
    expect(t).toBeLessThan(T_3);
    expect(Math.abs(gain)).toBeLessThan(0.01);
    expect(shift).toBeLessThan(0.03);
  });
});
