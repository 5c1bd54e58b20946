import { randomFrom } from '@striate/compute';
import { labelled, rowsInMemory, type FitRequest, type FittedReadout } from '@striate/contracts';
import { create } from './readout.js';

const SIZE = 8;
const CHANNELS = 3;
const CELL = 2 / SIZE;
const N = 500;
const PLACES = [
  [2.3, 4.6],
  [5.1, 1.8],
  [4.4, 5.2],
] as const;
const WEIGHTS: readonly (readonly number[])[] = [
  [1, 0, -0.5],
  [-0.3, 1, 0.2],
  [0.4, 0.4, 1],
];

/** White noise averaged over 5 x 5 pixels: a point sees from afar where it is going. */
function smoothMaps(seed: number): Float32Array {
  const wide = SIZE + 4;
  const noise = randomFrom(seed).normal([N * CHANNELS, wide, wide], 1).data;
  const maps = new Float32Array(N * CHANNELS * SIZE * SIZE);
  for (let plane = 0, at = 0; plane < N * CHANNELS; plane++)
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++, at++)
        for (let di = 0; di < 5; di++)
          for (let dj = 0; dj < 5; dj++) maps[at] += noise[(plane * wide + i + di) * wide + j + dj] / 5;
  return maps;
}

/** Bilinear, at (column, row) in pixels. */
function readAt(plane: Float32Array, [column, row]: readonly [number, number]): number {
  const [j, i] = [Math.floor(column), Math.floor(row)];
  const [u, v] = [column - j, row - i];
  const at = (a: number, b: number) => plane[a * SIZE + b];
  const above = (1 - u) * at(i, j) + u * at(i, j + 1);
  return (1 - v) * above + v * ((1 - u) * at(i + 1, j) + u * at(i + 1, j + 1));
}

type Place = readonly [column: number, row: number];

/** Responses of voxels that each read one place. */
function plant(places: readonly Place[], weights: readonly (readonly number[])[]): FitRequest {
  const maps = smoothMaps(1);
  const data = Float64Array.from({ length: N * places.length }, (_, k) => {
    const [s, v] = [Math.floor(k / places.length), k % places.length];
    return weights[v].reduce((sum, weight, c) => {
      const start = (s * CHANNELS + c) * SIZE * SIZE;
      return sum + weight * readAt(maps.subarray(start, start + SIZE * SIZE), places[v]);
    }, 0);
  });
  const stimulusIds = Array.from({ length: N }, (_, s) => `s${s}`);
  const axes = ['channel', 'height', 'width'] as const;
  return {
    inputs: { features: rowsInMemory(stimulusIds, axes, [CHANNELS, SIZE, SIZE], maps) },
    responses: {
      ...{ stimulusIds, voxelIds: places.map((_, v) => `v${v}`) },
      values: labelled(['stimulus', 'voxel'], [N, places.length], data),
    },
    seed: 1,
  };
}

const TRAINING = {
  ...{ learningRate: 0.01, batchSize: 25, accumulate: 1, maxEpochs: 100, validateEvery: 54, patience: 10 },
  ...{ seeds: 2, standardise: false },
};

/** Distance of the centres from where they were planted, in cells. */
function errorsInCells({ perVoxel }: FittedReadout, places: readonly Place[]): number[] {
  const { fieldX, fieldY } = perVoxel;
  const planted = (pixel: number) => (2 * pixel + 1) / SIZE - 1;
  return places.flatMap(([column, row], v) =>
    [fieldX[v] - planted(column), fieldY[v] - planted(row)].map((error) => Math.abs(error) / CELL),
  );
}

describe('the Gaussian readout', () => {
  const readout = create();

  it.each(['isotropic', 'full'])(
    'recovers where voxels look, to a tenth of a cell, with %s covariance',
    async (covariance) => {
      const options = readout.parseOptions({ ...TRAINING, covariance });
      const fitted = await readout.doFit(plant(PLACES, WEIGHTS), options);
      expect(Math.max(...errorsInCells(fitted, PLACES))).toBeLessThan(0.1);
      expect(Math.max(...fitted.perVoxel['fieldSize'])).toBeLessThan(CELL); // it knows the place for sure in the end
    },
  );

  it('recovers a map from the cortex to the image that all voxels share, with few parameters', async () => {
    const random = randomFrom(2);
    const inCortex = random.uniform([12, 2], -1, 1).data;
    const places = Array.from({ length: 12 }, (_, v): Place => [
      3.5 + 2 * inCortex[2 * v],
      3.5 - 2 * inCortex[2 * v + 1],
    ]);
    const coordinates = Float64Array.from({ length: 36 }, (_, i) => {
      const [v, axis] = [Math.floor(i / 3), i % 3];
      return axis < 2 ? 40 + 15 * inCortex[2 * v + axis] : -70; // mm
    });
    const weights = places.map((_, v) => WEIGHTS[v % 3]);
    const options = { ...TRAINING, location: 'cortical' };
    const request = { ...plant(places, weights), coordinates };
    const fitted = await readout.doFit(request, readout.parseOptions(options));
    expect(Math.max(...errorsInCells(fitted, places))).toBeLessThan(0.25);
    const own = await readout.doFit(request, readout.parseOptions({ ...TRAINING, maxEpochs: 1 }));
    expect(fitted.nParameters - own.nParameters).toBe(30 * 4 + 2 * 31 - 2 * 12);
  });
});
