import { labelled, rowsInMemory, type GeometryTarget } from '@striate/contracts';
import { createRsa } from './scorer.js';

const rsa = createRsa();
const options = rsa.parseOptions({});

const features = rowsInMemory(['a', 'b', 'c'], ['feature'], [3], Float32Array.of(1, 2, 3, 3, 2, 1, 1, 0, 1));
// Distances of the features: ab 2, ac 1, bc 1.

const rdmTarget = (ab: number, ac: number, bc: number): GeometryTarget => ({
  subject: `subject of ${ab}`,
  rdm: labelled(['condition', 'condition'], [3, 3], Float64Array.of(0, ab, ac, ab, 0, bc, ac, bc, 0)),
});

const responseTarget: GeometryTarget = {
  subject: 'r',
  responses: labelled(['stimulus', 'voxel'], [3, 3], Float64Array.of(10, 20, 30, 3, 2, 1, 2, 0, 2)),
};

describe('createRsa', () => {
  it('scores features against the RDM of each subject', async () => {
    const targets = [rdmTarget(5, 1, 1), rdmTarget(1, 5, 5), rdmTarget(1, 1, 1)];
    const scores = await rsa.doScore({ features, targets }, { ...options, comparison: 'pearson' });
    expect([...scores]).toEqual([expect.closeTo(1, 12), expect.closeTo(-1, 12), NaN]);
  });

  it('makes the RDM from responses where a subject has no RDM', async () => {
    const [score] = await rsa.doScore(
      { features, targets: [responseTarget] },
      { ...options, comparison: 'pearson' },
    );
    expect(score).toBeCloseTo(1, 12);
  });

  it('estimates the ceiling over subjects with RDMs and with responses alike', async () => {
    const targets = [rdmTarget(2, 1, 1), responseTarget];
    const { lower, upper } = await rsa.doEstimateCeiling(targets, { ...options, comparison: 'pearson' });
    expect([lower, upper]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
  });

  it('refuses a subject with another number of stimuli, and one with neither RDM nor responses', async () => {
    const four = labelled(['condition', 'condition'], [4, 4], new Float64Array(16));
    for (const target of [{ subject: 's', rdm: four }, { subject: 's' }]) {
      await expect(rsa.doScore({ features, targets: [target] }, options)).rejects.toMatchObject({
        code: 'STRIATE_SHAPE_MISMATCH',
      });
    }
  });

  it('takes Spearman, not squared, raw averages unless told otherwise, and says what it was told', () => {
    expect(options).toEqual({ comparison: 'spearman', squared: false, averaging: 'raw' });
    const chosen = rsa.parseOptions({ comparison: 'kendall', squared: true, averaging: 'ranked' });
    expect(rsa.describe(chosen)).toMatch(/square of Kendall's tau-b.*rank-transformed/);
  });
});
