import type { Convention } from '@striate/contracts';
import { defined, mapVoxels, mean, median, requireCeiling } from './select.js';

/** Explained share of the explainable variance, between 0 and 1. */
const clampedShare = (r: number, noiseCeiling: number) => Math.min(1, Math.max(0, r) ** 2 / noiseCeiling);

const PER_VOXEL =
  'r^2 / NC per voxel, with r < 0 counted as 0 and values above 1 counted as 1; voxels with NC <= 0 left out';

function createConvention(
  choices: Pick<Convention, 'id' | 'title' | 'source'> & { readonly aggregateName: string },
  aggregate: (values: Float64Array) => number,
): Convention {
  const { aggregateName, ...named } = choices;
  return {
    specVersion: 'v1',
    ...named,
    formula: `${PER_VOXEL}; ${aggregateName} over voxels`,
    scorer: 'pearson',
    needsCeiling: true,
    apply({ scores, ceiling }) {
      const { variance } = requireCeiling(ceiling, named.id);
      const values = mapVoxels(scores, variance, (c) => c > 0, clampedShare);
      const kept = defined(values);
      return { values, aggregate: aggregate(kept), nVoxels: kept.length };
    },
  };
}

/** The convention `nsd`: mean of r^2 / NC, as NSD studies report it. */
export function createNsdConvention(): Convention {
  return createConvention(
    {
      id: 'nsd',
      title: 'r^2 / NC, mean (NSD)',
      source: 'Allen et al. 2022, doi:10.1038/s41593-021-00962-x',
      aggregateName: 'mean',
    },
    mean,
  );
}

/** The convention `nsd-median`: median of r^2 / NC, as Algonauts 2023 ranks models. */
export function createNsdMedianConvention(): Convention {
  return createConvention(
    {
      id: 'nsd-median',
      title: 'r^2 / NC, median (Algonauts 2023)',
      source: 'Gifford et al. 2023, arXiv:2301.03198',
      aggregateName: 'median',
    },
    median,
  );
}
