import { averageRepetitions, countRepetitions, type RepeatedResponses } from './responses.js';

const responses = (data: number[], observed?: number[]): RepeatedResponses => ({
  stimulusIds: ['a', 'b'],
  voxelIds: ['v'],
  values: {
    axes: ['repetition', 'stimulus', 'voxel'],
    shape: [2, 2, 1],
    data: Float64Array.from(data),
    unit: 'z',
  },
  ...(observed ? { observed: Uint8Array.from(observed) } : {}),
});

describe('averageRepetitions', () => {
  it('averages over repetitions and keeps the unit', () => {
    const mean = averageRepetitions(responses([1, 2, 3, 6]));
    expect(Array.from(mean.values.data)).toEqual([2, 4]);
    expect(mean.values.unit).toBe('z');
    expect(mean.observed).toBeUndefined();
  });

  it('averages over what was measured only', () => {
    const mean = averageRepetitions(responses([1, 2, Number.NaN, 6], [1, 1, 0, 1]));
    expect(Array.from(mean.values.data)).toEqual([1, 4]);
  });

  it('is NaN and not observed where nothing was measured', () => {
    const mean = averageRepetitions(responses([7, 2, 7, 6], [0, 1, 0, 1]));
    expect(Array.from(mean.values.data)).toEqual([Number.NaN, 4]);
    expect(Array.from(mean.observed!)).toEqual([0, 1]);
  });
});

describe('countRepetitions', () => {
  it('counts what was measured', () => {
    expect(Array.from(countRepetitions(responses([1, 2, 3, 4])))).toEqual([2, 2]);
    expect(Array.from(countRepetitions(responses([1, 2, 3, 4], [1, 0, 1, 1])))).toEqual([2, 1]);
  });
});
