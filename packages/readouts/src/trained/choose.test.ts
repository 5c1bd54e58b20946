import { chooseRuns, type Run } from './choose.js';

const run = (strength: number, ...scores: number[]): Run => ({
  ...{ strength, epochs: 10 * strength + 1, weights: new Map() },
  scores: Float64Array.from(scores),
});

describe('chooseRuns', () => {
  it('gives each voxel the strength that validates best', () => {
    const { kept, chosen, perVoxel } = chooseRuns([run(0, 0.5, 0.1), run(1, 0.4, 0.3)], 'voxel');
    expect(Array.from(chosen, (place) => kept[place].strength)).toEqual([0, 1]);
    expect([...perVoxel.strength]).toEqual([0, 1]);
    expect([...perVoxel.epochs]).toEqual([1, 11]);
    expect([...perVoxel.validationScore]).toEqual([0.5, 0.3]);
  });

  it('gives all voxels the strength that is best on average, where that is asked for', () => {
    const { kept, chosen } = chooseRuns([run(0, 0.5, 0.1), run(1, 0.4, 0.3)], 'mean');
    expect(Array.from(chosen, (place) => kept[place].strength)).toEqual([1, 1]);
  });

  it('keeps only runs that a voxel chose', () => {
    const { kept, chosen } = chooseRuns([run(0, 0.1), run(1, 0.3), run(2, 0.2)], 'voxel');
    expect(kept.map(({ strength }) => strength)).toEqual([1]);
    expect([...chosen]).toEqual([0]);
  });

  it('compares strengths by the mean over seeds, not by the luckiest seed', () => {
    const runs = [run(0, 0.9), run(0, 0.1), run(1, 0.6), run(1, 0.7)];
    const { kept, perVoxel } = chooseRuns(runs, 'voxel');
    expect(kept).toEqual([runs[3]]);
    expect(perVoxel.validationScore[0]).toBeCloseTo(0.65, 12);
  });

  it('reports the spread over seeds, and NaN for one seed', () => {
    const { perVoxel } = chooseRuns([run(0, 0.2), run(0, 0.4), run(0, 0.6)], 'voxel');
    expect(perVoxel.seedSpread[0]).toBeCloseTo(0.2, 12);
    expect(chooseRuns([run(0, 0.2)], 'voxel').perVoxel.seedSpread[0]).toBeNaN();
  });

  it('leaves seeds without a score out of the mean, and counts the voxels that had one', () => {
    const runs = [run(0, 0.4, 0.1), run(0, NaN, 0.3), run(1, 0.2, 0.1), run(1, 0.1, 0.1)];
    const { kept, chosen, perVoxel, warnings } = chooseRuns(runs, 'voxel');
    expect([...perVoxel.validationScore]).toEqual([0.4, 0.2]);
    expect(kept[chosen[0]]).toBe(runs[0]);
    expect(warnings).toEqual([expect.objectContaining({ code: 'validation-undefined', count: 1, total: 2 })]);
    expect(chooseRuns([run(0, 0.4)], 'voxel').warnings).toEqual([]);
  });

  it('takes the first run for a voxel without a score, and never a NaN over a number', () => {
    const { chosen, kept } = chooseRuns([run(0, NaN, NaN), run(1, NaN, -0.5)], 'voxel');
    expect(Array.from(chosen, (place) => kept[place].strength)).toEqual([0, 1]);
  });
});
