// Voxels that do not know of each other, and responses that were not measured.

import { StriateError, type StimulusByVoxel } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandClose, demandFinite, demandSameBits } from '../evidence/same.js';
import { pick, pickVoxels, positions, voxelOf } from '../planted/matrix.js';
import { plant, withMask, withoutVoxel, withResponses, withVoxels } from './planted.js';
import { fitAndPredict, ROUNDING, type ReadoutSubject } from './subject.js';

export const voxelLaws: readonly Law<ReadoutSubject>[] = [
  {
    id: 'readout/voxel-independent',
    title:
      'gives a voxel the same result with fewer and with reordered voxels, if it says isVoxelIndependent',
    why: 'Voxels are fitted in whatever groups memory allows, and regions are cut out of whole fits.',
    check: demandVoxelIndependence,
  },
  {
    id: 'readout/unmeasured-never-read',
    title: 'never reads a response that was not measured',
    why: 'Subjects saw different stimuli; what stands in the gaps is no response.',
    check: demandGapsIgnored,
  },
  {
    id: 'readout/unmeasured-voxel',
    title: 'predicts NaN for a voxel that was never measured, or refuses it with an error of the catalogue',
    why: 'A fold may hold no response of a voxel; any number would be scored.',
    async check(subject) {
      const fitting = fitAndPredict(subject, withoutVoxel(plant(), 1));
      const { predictions } = (await fitting.catch(typedRefusal)) ?? {};
      if (predictions) demandNaNOnlyIn(1, predictions);
    },
  },
  {
    id: 'readout/nan-response-not-hidden',
    title:
      'predicts NaN for a voxel with a NaN among its measured responses, or refuses it with an error of the catalogue',
    why: 'A NaN that is replaced in silence becomes data.',
    async check(subject) {
      const planted = withResponses(plant(), (data) => data.map((value, i) => (i === 1 ? NaN : value)));
      const { predictions } = (await fitAndPredict(subject, planted).catch(typedRefusal)) ?? {};
      if (predictions) demandNaNOnlyIn(1, predictions);
    },
  },
  {
    id: 'readout/diagnostics-per-voxel',
    title: 'reports one number per voxel under each name, and how many parameters it fitted',
    why: 'Reports show penalties and parameters beside the score.',
    async check(subject) {
      const planted = plant();
      const { fitted } = await fitAndPredict(subject, planted);
      const nVoxels = planted.truth.shape[1];
      for (const [name, values] of Object.entries(fitted.perVoxel)) {
        demand(values.length === nVoxels, `"${name}" has ${values.length} values for ${nVoxels} voxels`);
      }
      demand(fitted.nParameters > 0, `nParameters is ${fitted.nParameters}`);
    },
  },
];

async function demandVoxelIndependence(subject: ReadoutSubject): Promise<void> {
  if (!subject.readout.isVoxelIndependent) return;
  const all = await fitAndPredict(subject, plant());
  for (const chosen of [[4, 1, 3], [2]]) {
    const some = await fitAndPredict(subject, withVoxels(plant(), chosen));
    const expected = pickVoxels(all.predictions, chosen);
    demandClose(`predictions of voxels ${chosen} alone`, some.predictions.data, expected.data, ROUNDING);
    for (const [name, values] of Object.entries(all.fitted.perVoxel)) {
      demandClose(
        `"${name}" of voxels ${chosen}`,
        some.fitted.perVoxel[name],
        pick(values, chosen),
        ROUNDING,
      );
    }
  }
}

async function demandGapsIgnored(subject: ReadoutSubject): Promise<void> {
  const expected = await fitAndPredict(subject, withMask(plant(), NaN));
  for (const hidden of [0, 1e6]) {
    const { predictions } = await fitAndPredict(subject, withMask(plant(), hidden));
    demandSameBits(
      `predictions with ${hidden} where nothing was measured`,
      predictions.data,
      expected.predictions.data,
    );
  }
  demandFinite('predictions of voxels with unmeasured responses', expected.predictions.data);
}

/** Pass over an error of the catalogue: nothing was predicted. */
function typedRefusal(error: unknown): undefined {
  if (!StriateError.isInstance(error)) throw error;
}

function demandNaNOnlyIn(voxel: number, predictions: StimulusByVoxel): void {
  const spoilt = voxelOf(predictions, voxel);
  demand(spoilt.every(Number.isNaN), `the voxel is predicted as ${spoilt[0]}`);
  const others = positions(predictions.shape[1]).filter((v) => v !== voxel);
  demandFinite('predictions of the other voxels', pickVoxels(predictions, others).data);
}
