// Voxels, masks, and what is undefined.

import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandRefusal } from '../evidence/refusal.js';
import { demandClose, demandSameBits } from '../evidence/same.js';
import { demandUntouched } from '../evidence/untouched.js';
import { mapMatrix, matrixOf, pick, pickStimuli, pickVoxels, positions } from '../planted/matrix.js';
import { fillHidden, maskOf, plantPredictions, ROUNDING, score, type ScorerSubject } from './subject.js';

export const voxelLaws: readonly Law<ScorerSubject>[] = [
  {
    id: 'scorer/voxel-independent',
    title: 'gives a voxel the same score with fewer and with reordered voxels',
    why: 'Regions are scored in whatever groups memory allows.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const chosen = [5, 1, 3];
      const { values } = await score(subject, { predictions, responses });
      const some = await score(subject, {
        predictions: pickVoxels(predictions, chosen),
        responses: pickVoxels(responses, chosen),
      });
      demandClose(`scores of voxels ${chosen}`, some.values, pick(values, chosen), ROUNDING);
    },
  },
  {
    id: 'scorer/constant-voxel-undefined',
    title: 'returns NaN for a voxel whose responses are constant, and counts it',
    why: 'A silent 0 pulls the region down, and nobody sees that a voxel is dead.',
    check: async (subject) =>
      demandUndefined(subject, 2, (data) => ({ ...data, responses: overwrite(data.responses, 2, 0.1) })),
  },
  {
    id: 'scorer/nan-prediction-undefined',
    title: 'returns NaN for a voxel that could not be predicted, and counts it',
    why: 'A readout says NaN where it could not fit; dropping it in silence flatters the readout.',
    check: async (subject) =>
      demandUndefined(subject, 2, (data) => ({ ...data, predictions: overwrite(data.predictions, 2, NaN) })),
  },
  {
    id: 'scorer/mask-honoured',
    title: 'scores each voxel on what was measured, and never reads the rest',
    why: 'Subjects saw different stimuli; a value where nothing was measured is no response.',
    check: demandMaskHonoured,
  },
  {
    id: 'scorer/n-counted',
    title: "counts the stimuli that each voxel's score rests on",
    why: 'Statistics and readers need n, and it differs between voxels.',
    async check(subject) {
      const data = plantPredictions();
      const observed = maskOf(data);
      const [nStimuli, nVoxels] = data.responses.shape;
      const counts = positions(nVoxels).map((v) => observed.filter((_, i) => i % nVoxels === v).reduce(add));
      demandSameBits('n', (await score(subject, data)).n, Array(nVoxels).fill(nStimuli));
      demandSameBits('n under a mask', (await score(subject, { ...data, observed })).n, counts);
    },
  },
  {
    id: 'scorer/shapes-checked',
    title: 'refuses predictions and responses of different shapes with STRIATE_SHAPE_MISMATCH',
    why: 'The first error in a new readout is a lost row.',
    async check(subject) {
      const { predictions, responses } = plantPredictions();
      const fewer = pickStimuli(predictions, positions(predictions.shape[0] - 1));
      const action = () => score(subject, { predictions: fewer, responses });
      await demandRefusal('scoring with one row missing', action, 'STRIATE_SHAPE_MISMATCH');
    },
  },
  {
    id: 'scorer/inputs-untouched',
    title: 'leaves predictions, responses and mask as they were',
    why: 'The next scorer reads the same arrays.',
    async check(subject) {
      const data = { ...plantPredictions(), observed: maskOf(plantPredictions()) };
      const arrays = {
        predictions: data.predictions.data,
        responses: data.responses.data,
        observed: data.observed,
      };
      await demandUntouched(arrays, () => score(subject, data));
    },
  },
];

type Data = ReturnType<typeof plantPredictions>;

async function demandUndefined(
  subject: ScorerSubject,
  voxel: number,
  spoil: (data: Data) => Data,
): Promise<void> {
  const data = plantPredictions();
  const before = await score(subject, data);
  const { values, nUndefined } = await score(subject, spoil(data));
  demand(Number.isNaN(values[voxel]), `the voxel scores ${values[voxel]} instead of NaN`);
  demand(nUndefined === before.nUndefined + 1, `nUndefined is ${nUndefined}; one more voxel is undefined`);
  const others = positions(values.length).filter((v) => v !== voxel);
  demandClose('scores of the other voxels', pick(values, others), pick(before.values, others), ROUNDING);
}

async function demandMaskHonoured(subject: ScorerSubject): Promise<void> {
  const data = plantPredictions();
  const observed = maskOf(data);
  const [nStimuli, nVoxels] = data.responses.shape;
  const masked = await score(subject, { ...data, observed });
  for (const hidden of [NaN, 1e6]) {
    const predictions = fillHidden(data.predictions, observed, hidden);
    const responses = fillHidden(data.responses, observed, hidden);
    const after = await score(subject, { predictions, responses, observed });
    demandSameBits(`scores with ${hidden} where nothing was measured`, after.values, masked.values);
  }
  for (const v of positions(nVoxels)) {
    const seen = positions(nStimuli).filter((s) => observed[s * nVoxels + v]);
    const [predictions, responses] = [data.predictions, data.responses].map((matrix) =>
      pickVoxels(pickStimuli(matrix, seen), [v]),
    );
    const { values } = await score(subject, { predictions, responses });
    demandClose(`score of voxel ${v} under a mask`, [masked.values[v]], values, ROUNDING);
  }
}

function overwrite(matrix: Data['responses'], voxel: number, value: number): Data['responses'] {
  const nVoxels = matrix.shape[1];
  return mapMatrix(
    matrix,
    (data) =>
      matrixOf(data.length / nVoxels, nVoxels, (s, v) => (v === voxel ? value : data[s * nVoxels + v])).data,
  );
}

function add(sum: number, value: number): number {
  return sum + value;
}
