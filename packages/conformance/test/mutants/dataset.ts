import type { OpenDataset, RegionRdms, RepeatedResponses, Stimulus } from '@striate/contracts';
import type { DatasetSubject } from '../../src/index.js';
import { honestDataset, openFourStimuli } from '../honest/dataset.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

export const datasetMutants: readonly Mutant<DatasetSubject>[] = [
  mutant('dataset/ids-unique', 'names two stimuli alike', ({ stimuli }) => ({
    stimuli: [...stimuli, stimuli[0]],
  })),
  mutant('dataset/ids-unique', 'names two voxels of a subject alike', ({ voxels }) => ({
    voxels: [...voxels, voxels[0]],
  })),
  mutant('dataset/stimuli-known', 'has responses to a stimulus that it lacks', () => ({
    stimuliSeen: async () => ['s0', 's1', 's2', 's9'],
  })),
  mutant('dataset/stimuli-known', 'lists repetitions as stimuli', () => ({
    stimuliSeen: async () => ['s0', 's0', 's1', 's1'],
  })),
  mutant('dataset/regions-have-voxels', 'lists a region without voxels', ({ regions }) => ({
    regions: [...regions, 'IT'],
    loadRdms: undefined!,
  })),
  mutant('dataset/regions-have-voxels', 'puts a voxel into an unlisted region', ({ voxels }) => ({
    voxels: voxels.map((voxel) => ({ ...voxel, regions: ['v1'] })),
  })),
  mutant('dataset/split-disjoint', 'tests on training stimuli', () => ({
    split: { train: ['s0', 's1'], test: ['s1', 's2'] },
  })),
  mutant('dataset/split-disjoint', 'splits stimuli that it lacks', () => ({
    split: { train: ['s0', 's1'], test: ['s9'] },
  })),
  onResponses(
    'dataset/shapes-match-tables',
    'orders voxels otherwise than its table',
    ({ voxelIds, ...rest }) => ({
      ...rest,
      voxelIds: voxelIds.toReversed(),
    }),
  ),
  onResponses('dataset/shapes-match-tables', 'has a mask without the axis of repetitions', (responses) => ({
    ...responses,
    observed: new Uint8Array(12).fill(1),
  })),
  onResponses('dataset/mask-is-true', 'puts -999 where nothing was measured', (responses) =>
    changeValues(responses, (value) => (Number.isNaN(value) ? -999 : value)),
  ),
  onResponses('dataset/mask-is-true', 'calls a NaN observed', ({ observed: _, ...unmasked }) => unmasked),
  mutant('dataset/loads-the-same-twice', 'hashes the time of opening', () => {
    const openedAt = ticks++;
    return { responsesFingerprint: () => `${openedAt}` };
  }),
  onResponses('dataset/loads-the-same-twice', 'draws new noise', (responses) =>
    changeValues(responses, (value) => value + ticks++),
  ),
  mutant('dataset/images-readable', 'says the hash of another file', ({ stimuli }) => ({
    stimuli: stimuli.map((stimulus) => changeImage(stimulus, { sha256: 'f'.repeat(64) })),
  })),
  mutant('dataset/images-readable', 'lists images that are not there', ({ stimuli }) => ({
    stimuli: stimuli.map((stimulus) =>
      changeImage(stimulus, { readBytes: () => Promise.reject(new Error('ENOENT')) }),
    ),
  })),
  onRdms('dataset/rdms-valid', 'holds similarities', (data) => data.map((distance) => 1 - distance)),
  onRdms('dataset/rdms-valid', 'fills one triangle only', (data) =>
    data.map((distance, i) => (i % 4 > Math.floor(i / 4) ? distance : 0)),
  ),
  ...optionsMutants('dataset', honestDataset, 'dataset'),
];

let ticks = 1;

function mutant(
  caughtBy: string,
  fault: string,
  change: (dataset: OpenDataset) => Partial<OpenDataset>,
): Mutant<DatasetSubject> {
  const open = async () => ({ ...openFourStimuli(), ...change(openFourStimuli()) });
  return { fault, caughtBy, subject: () => ({ ...honestDataset(), open }) };
}

function onResponses(
  caughtBy: string,
  fault: string,
  change: (responses: RepeatedResponses) => RepeatedResponses,
) {
  return mutant(caughtBy, fault, (dataset) => ({
    loadResponses: async (subject) => change(await dataset.loadResponses(subject)),
  }));
}

function onRdms(caughtBy: string, fault: string, change: (data: Float64Array) => Float64Array) {
  const changed = ({ values, ...rest }: RegionRdms): RegionRdms => ({
    ...rest,
    values: { ...values, data: change(Float64Array.from(values.data)) },
  });
  return mutant(caughtBy, fault, (dataset) => ({
    loadRdms: async (region) => changed(await dataset.loadRdms!(region)),
  }));
}

function changeValues(
  { values, ...rest }: RepeatedResponses,
  change: (value: number) => number,
): RepeatedResponses {
  return { ...rest, values: { ...values, data: values.data.map(change) } };
}

function changeImage(stimulus: Stimulus, change: Partial<NonNullable<Stimulus['image']>>): Stimulus {
  return { ...stimulus, image: { ...stimulus.image!, ...change } };
}
