// RSA on 92 real objects, against published constants (Algonauts 2019, Kriegeskorte 2008) and rsatoolbox.

import { readFileSync } from 'node:fs';
import { labelled } from '@striate/contracts';
import {
  compareRdms,
  condenseRdm,
  estimateRsaCeiling,
  rankValues,
  type ComparisonName,
} from '../src/index.js';
import { describeShared, expectClose, readNpy, sharedPath } from './__fixtures__/shared.js';

function readRdms(file: string): Float64Array[] {
  const { shape, data } = readNpy('data/human-92', file);
  const n = shape.at(-1)!;
  return Array.from({ length: data.length / n ** 2 }, (_, i) =>
    condenseRdm(labelled(['condition', 'condition'], [n, n], data.subarray(i * n * n, (i + 1) * n * n))),
  );
}

describeShared('estimateRsaCeiling', 'data/human-92', () => {
  it.each([
    ['EVC', 0.0686, 0.1589],
    ['IT', 0.2264, 0.3075],
  ])('gives the Algonauts constants for %s', (region, lower, upper) => {
    const ceiling = estimateRsaCeiling(readRdms(`fmri_${region}_rdms.npy`), { squared: true });
    expect(ceiling.lower).toBeCloseTo(lower, 4);
    expect(ceiling.upper).toBeCloseTo(upper, 4);
  });

  it.each([
    ['EVC', 0.169],
    ['IT', 0.3228],
  ])('gives the Algonauts constants for %s of RDMs that were ranked once', (region, upper) => {
    const ranked = readRdms(`fmri_${region}_rdms.npy`).map(rankValues);
    const ceiling = estimateRsaCeiling(ranked, { comparison: 'pearson', squared: true });
    expect(ceiling.upper).toBeCloseTo(upper, 4);
  });
});

describeShared('compareRdms', 'data/human-92', () => {
  it('gives the published correlation of human and monkey IT', () => {
    const [human] = readRdms('kriegeskorte2008_humanIT_316voxels_rdm.npy');
    const [monkey] = readRdms('kriegeskorte2008_monkeyIT_674neurons_rdm.npy');
    expect(compareRdms(human, monkey, { comparison: 'pearson' })).toBeCloseTo(0.4912, 4);
    expect(compareRdms(human, monkey)).toBeCloseTo(0.4389, 4);
  });
});

describeShared('RSA beside rsatoolbox', 'data/peer-golden', () => {
  const peer = () => JSON.parse(readFileSync(sharedPath('data/peer-golden/rsatoolbox.json'), 'utf8'));

  const cases: [string, string, ComparisonName, 'ranked' | 'z-scored'][] = ['EVC', 'IT'].flatMap((region) => [
    [region, 'spearman', 'spearman', 'ranked'],
    [region, 'corr', 'pearson', 'z-scored'],
    [region, 'tau-a', 'kendall-a', 'ranked'],
  ]);

  it.each(cases)('agrees for %s and %s', (region, method, comparison, averaging) => {
    const expected = peer()[`human92/${region}/${method}`];
    const subjects = readRdms(`fmri_${region}_rdms.npy`);
    const models = [...readRdms('model_rdms.npy'), ...readRdms('squeezenet1_1_layer_rdms.npy')];
    const scores = models.map((model) =>
      subjects.map((subject) => compareRdms(model, subject, { comparison })),
    );
    const { lower, upper } = estimateRsaCeiling(subjects, { comparison, averaging });
    const { evaluations_model_by_subject: evaluations, noise_ceiling_lower_upper: bounds } = expected;
    expectClose(Float64Array.from(scores.flat()), Float64Array.from(evaluations.flat()), 1e-12);
    expectClose(Float64Array.of(lower, upper), Float64Array.from(bounds), 1e-12);
  });
});
