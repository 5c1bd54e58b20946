// Repetitions that are missing, voxels that are dead, callers that call twice.

import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandAllClose, demandClose, demandSameBits } from '../evidence/same.js';
import { demandUntouched } from '../evidence/untouched.js';
import { pick } from '../planted/matrix.js';
import { meanOf } from '../planted/statistics.js';
import {
  firstRepetitions,
  hideLastRepetition,
  overwriteVoxel,
  pickVoxelsOf,
  plantRepetitions,
} from './planted.js';
import { estimate, ROUNDING, type CeilingSubject } from './subject.js';

export const conductLaws: readonly Law<CeilingSubject>[] = [
  {
    id: 'ceiling/one-repetition-refused',
    title: 'refuses a single repetition with STRIATE_TOO_FEW_REPETITIONS',
    why: 'Noise cannot be told from signal without a repetition.',
    async check(subject) {
      const once = plantRepetitions({ nRepetitions: 1 });
      await demandRefusal('one repetition', () => estimate(subject, once), 'STRIATE_TOO_FEW_REPETITIONS');
      const masked = hideLastRepetition(plantRepetitions({ nRepetitions: 2 }), NaN);
      const what = 'two repetitions of which one was not measured';
      await demandRefusal(what, () => estimate(subject, masked), 'STRIATE_TOO_FEW_REPETITIONS');
    },
  },
  {
    id: 'ceiling/unmeasured-never-read',
    title: 'never reads a repetition that was not measured, and does not count it',
    why: 'Many stimuli were shown less often than planned.',
    async check(subject) {
      const full = plantRepetitions({ noiseSd: 2 });
      const masked = await estimate(subject, hideLastRepetition(full, NaN));
      const filled = await estimate(subject, hideLastRepetition(full, 1e6));
      demandSameBits('ceilings with 1e6 where nothing was measured', filled.variance, masked.variance);
      demandAllClose('nRepetitions, 3 of 4 being measured,', masked.nRepetitions, 3, ROUNDING);
      const without = await estimate(subject, firstRepetitions(full, 3));
      const [mean, expected] = [meanOf(masked.variance), meanOf(without.variance)];
      // 0.05: methods that draw halves at random draw others
      const detail = `with the last of 4 repetitions masked it is ${mean}; of the first 3 alone ${expected}`;
      demand(Math.abs(mean - expected) <= 0.05, detail);
    },
  },
  {
    id: 'ceiling/constant-voxel-undefined',
    title: 'returns NaN for a voxel whose responses are constant, and counts it',
    why: 'A dead voxel has no ceiling; 0 or 1 would be taken for one.',
    async check(subject) {
      const dead = overwriteVoxel(plantRepetitions({ nVoxels: 4 }), 1, 0.1);
      const { variance, correlation, nUndefined } = await estimate(subject, dead);
      const isNaN = Number.isNaN(variance[1]) && Number.isNaN(correlation[1]);
      demand(isNaN, `its variance is ${variance[1]}, its correlation ${correlation[1]}`);
      demand(nUndefined === 1, `nUndefined is ${nUndefined}; one voxel of 4 is dead`);
    },
  },
  {
    id: 'ceiling/voxel-independent',
    title: 'gives a voxel the same ceiling with fewer and with reordered voxels',
    why: 'Regions are cut out of whole subjects.',
    async check(subject) {
      const chosen = [7, 2, 5];
      const all = await estimate(subject, plantRepetitions());
      const some = await estimate(subject, pickVoxelsOf(plantRepetitions(), chosen));
      demandClose(`ceilings of voxels ${chosen}`, some.variance, pick(all.variance, chosen), ROUNDING);
      for (const [name, values] of Object.entries(all.perVoxel)) {
        demandClose(`"${name}" of voxels ${chosen}`, some.perVoxel[name], pick(values, chosen), ROUNDING);
      }
    },
  },
  {
    id: 'ceiling/same-seed-same-bits',
    title: 'gives the same bits for the same responses and seed',
    why: 'A repeated run has to give the same bytes.',
    async check(subject) {
      const first = await estimate(subject, plantRepetitions());
      const second = await estimate(subject, plantRepetitions());
      demandSameBits('ceilings of a second call', second.variance, first.variance);
    },
  },
  {
    id: 'ceiling/inputs-untouched',
    title: 'leaves responses and mask as they were',
    why: 'The readout learns from the same arrays.',
    async check(subject) {
      const responses = hideLastRepetition(plantRepetitions(), NaN);
      const arrays = { responses: responses.values.data, observed: responses.observed };
      await demandUntouched(arrays, () => estimate(subject, responses));
    },
  },
];
