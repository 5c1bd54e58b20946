import { labelled, rowsInMemory } from '@striate/contracts';
import { randomFrom } from '../trained/random.js';
import { createTrainedReadout } from '../trained/trained-readout.js';
import { gaussian2d } from './readout.js';

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

describe('the Gaussian readout', () => {
  it.each(['isotropic', 'full'])(
    'recovers where voxels look, to a tenth of a cell, with %s covariance',
    async (covariance) => {
      const maps = smoothMaps(1);
      const data = Float64Array.from({ length: N * PLACES.length }, (_, k) => {
        const [s, v] = [Math.floor(k / PLACES.length), k % PLACES.length];
        return WEIGHTS[v].reduce((sum, weight, c) => {
          const start = (s * CHANNELS + c) * SIZE * SIZE;
          return sum + weight * readAt(maps.subarray(start, start + SIZE * SIZE), PLACES[v]);
        }, 0);
      });
      const ids = Array.from({ length: N }, (_, s) => `s${s}`);
      const readout = createTrainedReadout(gaussian2d);
      const fitted = await readout.doFit(
        {
          inputs: {
            features: rowsInMemory(ids, ['channel', 'height', 'width'], [CHANNELS, SIZE, SIZE], maps),
          },
          responses: {
            ...{ stimulusIds: ids, voxelIds: ['v0', 'v1', 'v2'] },
            values: labelled(['stimulus', 'voxel'], [N, PLACES.length], data),
          },
          seed: 1,
        },
        readout.parseOptions({
          ...{
            learningRate: 0.01,
            batchSize: 25,
            accumulate: 1,
            maxEpochs: 100,
            validateEvery: 54,
            patience: 10,
          },
          ...{ seeds: 2, standardise: false, covariance },
        }),
      );
      const { fieldX, fieldY, fieldSize } = fitted.perVoxel;
      PLACES.forEach(([column, row], v) => {
        expect(Math.abs(fieldX[v] - ((2 * column + 1) / SIZE - 1))).toBeLessThan(CELL / 10);
        expect(Math.abs(fieldY[v] - ((2 * row + 1) / SIZE - 1))).toBeLessThan(CELL / 10);
        expect(fieldSize[v]).toBeLessThan(CELL); // it knows the place for sure in the end
      });
    },
  );
});
