import { labelled } from '@striate/contracts';
import { countEnoughRepetitions, meanRepetitions } from './repetitions.js';

describe('meanRepetitions', () => {
  it('is the number of repetitions where it does not vary', () => {
    expect([...meanRepetitions(Uint16Array.of(3, 2, 3, 2), 2)]).toEqual([3, 2]);
  });

  it('follows (A/3 + B/2 + C) / (A + B + C) where it does', () => {
    // One stimulus with three repetitions, two with two, one with one: mean of 1/n = (1/3 + 2/2 + 1) / 4 = 7/12.
    expect(meanRepetitions(Uint16Array.of(3, 2, 2, 1), 1)[0]).toBeCloseTo(12 / 7, 14);
  });

  it('leaves out stimuli that a voxel never saw, and is NaN where it saw none', () => {
    expect([...meanRepetitions(Uint16Array.of(0, 0, 2, 0), 2)]).toEqual([2, NaN]);
  });
});

describe('countEnoughRepetitions', () => {
  const responses = (observed: number[]) => ({
    stimulusIds: ['a'],
    voxelIds: ['v', 'w'],
    values: labelled(['repetition', 'stimulus', 'voxel'], [2, 1, 2], new Float64Array(4)),
    observed: Uint8Array.from(observed),
  });

  it('refuses when no voxel has a stimulus that was measured twice', () => {
    expect(() => countEnoughRepetitions(responses([1, 0, 0, 1]), 'nsd')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_TOO_FEW_REPETITIONS',
        context: expect.objectContaining({ method: 'nsd', needed: 2, given: 1 }),
      }),
    );
  });

  it('accepts when one voxel has', () => {
    expect([...countEnoughRepetitions(responses([1, 0, 1, 1]), 'nsd')]).toEqual([2, 1]);
  });
});
