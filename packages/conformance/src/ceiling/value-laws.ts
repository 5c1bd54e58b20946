// What a ceiling is worth, on data whose ceiling is known.

import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandAllClose, demandClose } from '../evidence/same.js';
import { meanOf } from '../planted/statistics.js';
import { explainableShare, plantRepetitions } from './planted.js';
import { estimate, ROUNDING, type CeilingSubject } from './subject.js';

export const valueLaws: readonly Law<CeilingSubject>[] = [
  {
    id: 'ceiling/noise-free-is-one',
    title: 'is 1 for responses without noise',
    why: 'Scores are divided by it.',
    async check(subject) {
      const { correlation, variance } = await estimate(subject, plantRepetitions({ noiseSd: 0 }));
      demandAllClose('variance', variance, 1, ROUNDING);
      demandAllClose('correlation', correlation, 1, ROUNDING);
    },
  },
  {
    id: 'ceiling/pure-noise-is-zero',
    title: 'is near 0 for responses without signal',
    why: 'A ceiling above 0 for noise turns unexplainable voxels into badly explained ones.',
    async check(subject) {
      const mean = meanOf((await estimate(subject, plantRepetitions({ signalSd: 0 }))).variance);
      // 0.15: an estimate clamped at 0 is high by its sampling error, about 0.05 for 300 stimuli
      demand(mean <= 0.15, `the explainable share of pure noise is ${mean} on average over 12 voxels`);
    },
  },
  {
    id: 'ceiling/falls-with-noise',
    title: 'falls as noise rises',
    why: 'Voxels are ranked and selected by it.',
    async check(subject) {
      const levels = [0.25, 0.5, 1, 2];
      const estimates = levels.map((noiseSd) => estimate(subject, plantRepetitions({ noiseSd })));
      const means = (await Promise.all(estimates)).map(({ variance }) => meanOf(variance));
      const isFalling = means.every((mean, i) => i === 0 || mean < means[i - 1]);
      demand(isFalling, `for noise of sd ${levels.join(', ')} it is ${means.join(', ')}`);
    },
  },
  {
    id: 'ceiling/closed-form',
    title: 'is the closed-form share s^2 / (s^2 + n^2 / k) on synthetic data, within sampling error',
    why: 'A ceiling for single trials, or for half of them, is another number.',
    async check(subject) {
      for (const noiseSd of [0.5, 1, 2]) {
        const mean = meanOf((await estimate(subject, plantRepetitions({ noiseSd }))).variance);
        const expected = explainableShare({ signalSd: 1, noiseSd, nRepetitions: 4 });
        // 0.05: sampling error of the mean of 12 voxels over 300 stimuli is about 0.015 at the noisiest
        const detail = `for noise of sd ${noiseSd} over 4 repetitions it is ${mean}; the data were made with ${expected}`;
        demand(Math.abs(mean - expected) <= 0.05, detail);
      }
    },
  },
  {
    id: 'ceiling/correlation-squared-is-variance',
    title: 'gives the root of the explainable share of variance as the largest attainable correlation',
    why: 'Conventions take one or the other; they have to be about the same perfect model.',
    async check(subject) {
      const { correlation, variance } = await estimate(subject, plantRepetitions());
      const squared = correlation.map((r) => r * r);
      demandClose('squares of the correlation ceiling', squared, variance, ROUNDING);
    },
  },
];
