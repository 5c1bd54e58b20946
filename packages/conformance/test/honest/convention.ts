// A convention that keeps every promise: the mean of r / ceiling.

import { ceilingMissing, type Convention } from '@striate/contracts';
import type { ConventionSubject } from '../../src/index.js';

export type ConventionData = Parameters<Convention['apply']>[0];

export function createPlainConvention(): Convention {
  return {
    specVersion: 'v1',
    id: 'plain-ratio',
    title: 'r / ceiling',
    formula: 'r / correlation ceiling, mean over voxels whose ceiling is above 0',
    source: 'this kit',
    scorer: 'pearson',
    needsCeiling: true,
    apply({ scores, ceiling }) {
      if (!ceiling) throw ceilingMissing({ convention: 'plain-ratio' });
      const { correlation } = ceiling;
      const values = scores.map((r, v) => (correlation[v] > 0 ? r / correlation[v] : NaN));
      const kept = values.filter((value) => !Number.isNaN(value));
      const sum = kept.reduce((total, value) => total + value, 0);
      return { values, aggregate: sum / kept.length, nVoxels: kept.length };
    },
  };
}

export function honestConvention(): ConventionSubject {
  return { plugin: 'plain-ratio', convention: createPlainConvention() };
}
