import type { Convention } from '@striate/contracts';
import { defined, mapVoxels, mean, requireCeiling } from './select.js';

/** The convention `paper`: mean of r / ceiling, as arXiv 2410.14031 reports it. */
export function createPaperConvention(): Convention {
  return {
    specVersion: 'v1',
    id: 'paper',
    title: 'r / ceiling (arXiv 2410.14031)',
    formula:
      'r / correlation ceiling per voxel; voxels with a ceiling <= 0 left out; mean over voxels; not clamped, so voxels with a low ' +
      'ceiling may exceed 1',
    source: 'Saha, Chadha & Khosla 2024, arXiv:2410.14031',
    scorer: 'pearson',
    needsCeiling: true,
    apply({ scores, ceiling }) {
      const { correlation } = requireCeiling(ceiling, 'paper');
      const values = mapVoxels(
        scores,
        correlation,
        (c) => c > 0,
        (r, c) => r / c,
      );
      const kept = defined(values);
      return { values, aggregate: mean(kept), nVoxels: kept.length };
    },
  };
}
