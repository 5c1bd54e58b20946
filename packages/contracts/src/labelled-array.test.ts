import { describeShape, labelled } from './labelled-array.js';

describe('labelled', () => {
  it('names the axes of data without copying them', () => {
    const data = new Float32Array(6);
    const named = labelled(['stimulus', 'voxel'], [2, 3], data, 'z');
    expect(named).toEqual({ axes: ['stimulus', 'voxel'], shape: [2, 3], data, unit: 'z' });
    expect(named.data).toBe(data);
  });

  it('refuses sizes that do not multiply to the number of values, naming both', () => {
    expect(() => labelled(['stimulus', 'voxel'], [2, 4], new Float32Array(6))).toThrow(
      expect.objectContaining({
        code: 'STRIATE_SHAPE_MISMATCH',
        message: expect.stringMatching(/stimulus 2, voxel 4.*6 values/),
      }),
    );
  });
});

describe('describeShape', () => {
  it('prints names and sizes', () => {
    expect(describeShape(['stimulus', 'feature'], [120, 512])).toBe('[stimulus 120, feature 512]');
  });
});
