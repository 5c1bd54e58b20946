// Ids, tables, and who refers to whom.

import type { OpenDataset } from '@striate/contracts';
import { demand } from '../law/breach.js';
import type { Law } from '../law/law.js';
import { demandSameWords, firstDuplicate } from '../evidence/same.js';
import { subjectsWithResponses, type DatasetSubject } from './subject.js';

export const tableLaws: readonly Law<DatasetSubject>[] = [
  {
    id: 'dataset/ids-unique',
    title: 'has unique ids of stimuli, of subjects, of regions, and of the voxels of each subject',
    why: 'Everything is joined by id.',
    check: async ({ open }) => demandUniqueIds(await open()),
  },
  {
    id: 'dataset/stimuli-known',
    title: 'refers only to stimuli that it has, and to none twice',
    why: 'A response to an unknown stimulus cannot be joined with features.',
    check: async ({ open }) => demandKnownStimuli(await open()),
  },
  {
    id: 'dataset/regions-have-voxels',
    title: 'has voxels or RDMs in every region, and voxels only of regions and subjects that it has',
    why: 'A region without voxels is a row of the report without a number.',
    check: async ({ open }) => demandFilledRegions(await open()),
  },
  {
    id: 'dataset/split-disjoint',
    title: 'splits stimuli into disjoint sets of stimuli that it has, if it comes with a split',
    why: 'A stimulus in training and test makes every score too high.',
    check: async ({ open }) => demandDisjointSplit(await open()),
  },
  {
    id: 'dataset/shapes-match-tables',
    title: 'loads responses whose axes and ids are those of its tables',
    why: 'A column that belongs to another voxel moves scores between regions, and raises no error.',
    async check({ open }) {
      const dataset = await open();
      for (const subject of subjectsWithResponses(dataset)) await demandMatchingShapes(dataset, subject);
    },
  },
];

async function demandUniqueIds({ stimuli, subjects, regions, voxels }: OpenDataset): Promise<void> {
  const lists: [what: string, ids: readonly string[]][] = [
    ['stimuli', stimuli.map((stimulus) => stimulus.id)],
    ['subjects', subjects],
    ['regions', regions],
    ['voxels', voxels.map((voxel) => JSON.stringify([voxel.subject, voxel.id]))],
  ];
  for (const [what, ids] of lists) {
    const duplicate = firstDuplicate(ids);
    demand(duplicate === undefined, `two ${what} have the id ${duplicate}`);
  }
}

async function demandKnownStimuli(dataset: OpenDataset): Promise<void> {
  const known = new Set(dataset.stimuli.map((stimulus) => stimulus.id));
  for (const subject of subjectsWithResponses(dataset)) {
    const seen = await dataset.stimuliSeen(subject);
    const stranger = seen.find((id) => !known.has(id));
    demand(stranger === undefined, `"${subject}" saw the stimulus "${stranger}", which the dataset lacks`);
    const duplicate = firstDuplicate(seen);
    demand(duplicate === undefined, `"${subject}" is said to have seen "${duplicate}" twice`);
  }
}

async function demandFilledRegions(dataset: OpenDataset): Promise<void> {
  const [subjects, regions] = [new Set(dataset.subjects), new Set(dataset.regions)];
  const filled = new Set<string>();
  for (const voxel of dataset.voxels) {
    demand(
      subjects.has(voxel.subject),
      `voxel "${voxel.id}" is of "${voxel.subject}", who is not among the subjects`,
    );
    const stranger = voxel.regions.find((region) => !regions.has(region));
    demand(
      stranger === undefined,
      `voxel "${voxel.id}" lies in "${stranger}", which is not among the regions`,
    );
    for (const region of voxel.regions) filled.add(region);
  }
  for (const region of dataset.regions) {
    demand(filled.has(region) || dataset.loadRdms !== undefined, `the region "${region}" has no voxel`);
  }
}

async function demandDisjointSplit({ split, stimuli }: OpenDataset): Promise<void> {
  if (!split) return;
  const known = new Set(stimuli.map((stimulus) => stimulus.id));
  const all = [...split.train, ...(split.validation ?? []), ...split.test];
  const stranger = all.find((id) => !known.has(id));
  demand(stranger === undefined, `the split names "${stranger}", which is not among the stimuli`);
  const duplicate = firstDuplicate(all);
  demand(duplicate === undefined, `the stimulus "${duplicate}" stands in the split twice`);
}

async function demandMatchingShapes(dataset: OpenDataset, subject: string): Promise<void> {
  const { stimulusIds, voxelIds, values, observed } = await dataset.loadResponses(subject);
  const voxels = dataset.voxels.filter((voxel) => voxel.subject === subject).map((voxel) => voxel.id);
  demandSameWords(`voxels of the responses of "${subject}"`, voxelIds, voxels);
  demandSameWords(
    `stimuli of the responses of "${subject}"`,
    stimulusIds,
    await dataset.stimuliSeen(subject),
  );
  const [nRepetitions, nStimuli, nVoxels] = values.shape;
  const isTable = nStimuli === stimulusIds.length && nVoxels === voxelIds.length;
  demand(isTable, `the responses of "${subject}" are [${values.shape.join(', ')}]`);
  const size = nRepetitions * nStimuli * nVoxels;
  demand(
    values.data.length === size,
    `the responses of "${subject}" hold ${values.data.length} of ${size} values`,
  );
  const nMask = observed?.length ?? size;
  demand(nMask === size, `the mask of "${subject}" has ${nMask} values for ${size} responses`);
}
