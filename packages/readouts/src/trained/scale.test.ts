import { evaluate, input } from '@striate/compute';
import { rowsInMemory } from '@striate/contracts';
import { scaledMap, scaleOfChannels, scaleOfResponses } from './scale.js';

const responsesOf = (data: number[], nVoxels: number, observed?: number[]) => ({
  stimulusIds: Array.from({ length: data.length / nVoxels }, (_, i) => `s${i}`),
  voxelIds: Array.from({ length: nVoxels }, (_, i) => `v${i}`),
  values: {
    axes: ['stimulus', 'voxel'] as const,
    shape: [data.length / nVoxels, nVoxels] as const,
    data: Float64Array.from(data),
  },
  ...(observed ? { observed: Uint8Array.from(observed) } : {}),
});

describe('scaleOfResponses', () => {
  it('is mean and standard deviation of the chosen rows', () => {
    const { mean, deviation } = scaleOfResponses(responsesOf([1, 3, 99, 5], 1), Int32Array.of(0, 1, 3));
    expect(mean[0]).toBe(3);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
  });

  it('reads nothing that was not measured', () => {
    const { mean, deviation } = scaleOfResponses(
      responsesOf([1, NaN, 3], 1, [1, 0, 1]),
      Int32Array.of(0, 1, 2),
    );
    expect([mean[0], deviation[0]]).toEqual([2, 1]);
  });

  it('has deviation 0 for a constant voxel, and NaN for one that was never measured', () => {
    const rows = Int32Array.of(0, 1, 2);
    expect(scaleOfResponses(responsesOf([0.1, 0.1, 0.1], 1), rows).deviation[0]).toBe(0);
    expect(scaleOfResponses(responsesOf([1, 2, 3], 1, [0, 0, 0]), rows).mean[0]).toBeNaN();
  });
});

describe('scaleOfChannels', () => {
  it('brings each channel to mean 0 and deviation 1 over stimuli and places', async () => {
    const data = Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => (i * 13) % 7);
    const features = rowsInMemory(['a', 'b', 'c'], ['channel', 'height', 'width'], [2, 2, 2], data);
    const scale = await scaleOfChannels(features, Int32Array.of(0, 1, 2), [2, 2, 2]);
    const map = input('map', [3, 2, 2, 2]);
    const feeds = { map: { dtype: 'float32' as const, shape: [3, 2, 2, 2], data } };
    const scaled = (await evaluate({ y: scaledMap(map, scale) }, feeds)).y.data as Float32Array;
    for (const channel of [0, 1]) {
      const values = [...scaled].filter((_, i) => Math.floor(i / 4) % 2 === channel);
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length).toBeCloseTo(1, 5);
    }
  });

  it('leaves a constant channel unstretched', async () => {
    const features = rowsInMemory(['a', 'b'], ['feature'], [1], Float32Array.of(0.3, 0.3));
    const { mean, factor } = await scaleOfChannels(features, Int32Array.of(0, 1), [1, 1, 1]);
    expect([mean[0], factor[0]]).toEqual([Math.fround(0.3), 1]);
  });
});
