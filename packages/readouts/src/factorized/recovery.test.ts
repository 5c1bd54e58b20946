import { randomFrom } from '@striate/compute';
import { bell, plantResponses, whiteMaps } from '../trained/__fixtures__/planted.js';
import { create } from './readout.js';

const SIZE = 8;
const MAP = [3, SIZE, SIZE] as const;
const CELL = 2 / SIZE;
const CENTRES = [
  [-0.4, 0.3],
  [0.1, -0.2],
  [0.45, 0.45],
] as const;
const WEIGHTS = [
  [1, 0, -0.5],
  [-0.3, 1, 0.2],
  [0.4, 0.4, 1],
] as const;

describe('the factorised readout', () => {
  it('recovers where voxels look, to a tenth of a cell, and what they look for, up to scale', async () => {
    const random = randomFrom(3);
    const fields = CENTRES.map((centre, v) => {
      const mask = bell(SIZE, centre, 0.2);
      return { mask: () => mask, weights: WEIGHTS[v] };
    });
    const { request } = plantResponses(whiteMaps(600, MAP, random), MAP, fields, { noise: 0, random });
    const readout = create();
    const options = readout.parseOptions({
      ...{ learningRate: 0.01, batchSize: 30, accumulate: 1, maxEpochs: 60, validateEvery: 90, seeds: 1 },
      ...{ loss: 'mse', standardise: false },
    });
    const fitted = await readout.doFit(request, options);
    const { fieldX, fieldY, fieldSize, fieldShift } = fitted.perVoxel;
    const { arrays } = await fitted.toState();
    CENTRES.forEach(([x, y], v) => {
      expect(Math.abs(fieldX[v] - x)).toBeLessThan(CELL / 10);
      expect(Math.abs(fieldY[v] - y)).toBeLessThan(CELL / 10);
      expect(fieldSize[v]).toBeCloseTo(0.2, 1);
      expect(fieldShift[v]).toBe(0);
      expect(
        Math.abs(cosine(arrays['run0/features'].data.slice(3 * v, 3 * v + 3), WEIGHTS[v])),
      ).toBeGreaterThan(0.999);
    });
  });
});

function cosine(a: ArrayLike<number>, b: readonly number[]): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) => b.reduce((sum, _, i) => sum + x[i] * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
