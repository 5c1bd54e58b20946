import type { Convention } from '@striate/contracts';
import { defined, mapVoxels, median, requireCeiling } from './select.js';

/** Voxels whose reliability is not above this are not scored. */
const LEAST_CEILING = 0.3;

/** The convention `brain-score`: (median r)^2 / median reliability of reliable voxels. */
export function createBrainScoreConvention(): Convention {
  return {
    specVersion: 'v1',
    id: 'brain-score',
    title: '(median r)^2 / median ceiling (Brain-Score)',
    formula:
      `(median r)^2 / (median variance ceiling) over the voxels with a variance ceiling above ${LEAST_CEILING} and a defined r; per ` +
      'voxel r^2 / ceiling; not clamped, and the sign of a negative r is lost. Meant for the ceiling split-half, whose variance ceiling ' +
      'is the Spearman-Brown corrected r',
    source: 'Schrimpf et al. 2018, doi:10.1101/407007',
    scorer: 'pearson',
    needsCeiling: true,
    apply({ scores, ceiling }) {
      const { variance } = requireCeiling(ceiling, 'brain-score');
      const isKept = (c: number) => c > LEAST_CEILING;
      const values = mapVoxels(scores, variance, isKept, (r, c) => r ** 2 / c);
      const r = defined(mapVoxels(scores, variance, isKept, (score) => score));
      const ceilings = variance.filter((_, v) => !Number.isNaN(values[v]));
      return { values, aggregate: median(r) ** 2 / median(ceilings), nVoxels: r.length };
    },
  };
}
