import { definePlugin } from '@striate/contracts';
import { createNsdCeiling } from './ceilings/nsd/nsd.js';
import { createSplitHalfCeiling } from './ceilings/split-half/split-half.js';
import { createBrainScoreConvention } from './conventions/brain-score.js';
import { createNsdConvention, createNsdMedianConvention } from './conventions/nsd.js';
import { createPaperConvention } from './conventions/paper.js';
import { createRawConvention } from './conventions/raw.js';
import { createPearson } from './correlation/pearson.js';
import { createR2 } from './r2/r2.js';
import { createRsa } from './rsa/scorer.js';

/** What this package offers to a registry. */
export const plugin = definePlugin({
  specVersion: 'v1',
  id: '@striate/scoring',
  provides: {
    scorers: { pearson: createPearson, r2: createR2, rsa: createRsa },
    ceilings: { nsd: createNsdCeiling, 'split-half': createSplitHalfCeiling },
    conventions: {
      raw: createRawConvention,
      paper: createPaperConvention,
      nsd: createNsdConvention,
      'nsd-median': createNsdMedianConvention,
      'brain-score': createBrainScoreConvention,
    },
  },
});
