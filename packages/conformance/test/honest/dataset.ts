// A dataset that keeps every promise: two subjects, two regions, four stimuli, RDMs and a mask.

import { createHash } from 'node:crypto';
import {
  labelled,
  optionsParser,
  type OpenDataset,
  type RepeatedResponses,
  type Stimulus,
} from '@striate/contracts';
import type { DatasetSubject } from '../../src/index.js';

const IDS = ['s0', 's1', 's2', 's3'];

const STIMULI: readonly Stimulus[] = IDS.map((id, i) => {
  const bytes = Uint8Array.of(i, 7, 9);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { id, image: { location: `memory:${id}`, sha256, readBytes: async () => bytes } };
});

export function openFourStimuli(): OpenDataset {
  return {
    name: 'four stimuli',
    recordingKind: 'voxel',
    stimuli: STIMULI,
    subjects: ['subj01', 'subj02'],
    regions: ['V1', 'V4'],
    voxels: ['subj01', 'subj02'].flatMap((subject) => [
      { id: 'v0', subject, regions: ['V1'] },
      { id: 'v1', subject, regions: ['V4'] },
      { id: 'v2', subject, regions: [] },
    ]),
    split: { train: ['s0', 's1'], test: ['s2', 's3'] },
    stimuliSeen: async () => IDS,
    responsesFingerprint: (subject) => `responses of ${subject}`,
    loadResponses: async () => responses(),
    rdmsFingerprint: (region) => `RDMs of ${region}`,
    loadRdms: async (region) => ({ region, subjects: ['subj01'], stimulusIds: IDS, values: rdms() }),
  };
}

/** Two repetitions; the second of the last stimulus was not measured. */
function responses(): RepeatedResponses {
  const data = Float64Array.from({ length: 24 }, (_, i) => (i < 21 ? Math.sin(i) : NaN));
  return {
    stimulusIds: IDS,
    voxelIds: ['v0', 'v1', 'v2'],
    values: labelled(['repetition', 'stimulus', 'voxel'], [2, 4, 3], data),
    observed: Uint8Array.from(data, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

function rdms() {
  const data = Float64Array.from({ length: 16 }, (_, i) => Math.abs(Math.floor(i / 4) - (i % 4)));
  return labelled(['subject', 'condition', 'condition'], [1, 4, 4], data);
}

export function honestDataset(): DatasetSubject {
  const dataset = { parseOptions: optionsParser('four-stimuli', {}) };
  return { plugin: 'four-stimuli', dataset, options: {}, open: async () => openFourStimuli() };
}
