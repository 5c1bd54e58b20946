import type { Convention } from '@striate/contracts';
import { defined, mean } from './select.js';

/** The convention `raw`: mean r, no ceiling. */
export function createRawConvention(): Convention {
  return {
    specVersion: 'v1',
    id: 'raw',
    title: 'Raw correlation',
    formula: 'r per voxel; mean over voxels with a defined r; nothing divided, nothing clamped',
    source: 'no normalisation',
    scorer: 'pearson',
    needsCeiling: false,
    apply({ scores }) {
      const kept = defined(scores);
      return { values: scores.slice(), aggregate: mean(kept), nVoxels: kept.length };
    },
  };
}
