// A record so small that every number of the tables and the page can be worked out by hand: two models with one layer
// each, one subject with three voxels, two regions that share a voxel, one RSA score over two subjects.

import { RECORD_VERSION, encodeFloats, type RunFacts, type RunRecord } from '@striate/contracts';

const floats = (...values: number[]) => encodeFloats(Float64Array.from(values));

export const smallRecord: RunRecord = {
  recordVersion: RECORD_VERSION,
  striateVersion: '0.1.0',
  name: 'Small & <b>bold</b>',
  planKey: '0123456789abcdef0123456789abcdef',
  seed: 7,
  configuration: { name: 'small', note: '</script><script>alert(1)</script>' },
  dataset: { name: 'Toy', recordingKind: 'voxel', nStimuli: 12, citation: 'Nobody 2026' },
  split: { kind: 'holdout', description: '8 training and 4 test stimuli, drawn by seed 7', nFolds: 1 },
  regions: ['V1', 'V2, dorsal'],
  subjects: [
    {
      subject: 's1',
      voxelIds: ['a', 'b', 'c'],
      regions: { V1: [0, 1], 'V2, dorsal': [1, 2] },
      ceiling: {
        method: 'nsd',
        correlation: floats(0.8, 0.5, Number.NaN),
        variance: floats(0.64, 0.25, Number.NaN),
        nUndefined: 1,
      },
    },
  ],
  models: [
    {
      name: 'gabor',
      backend: 'onnx',
      card: {
        id: 'gabor',
        title: 'Gabor <energy>',
        family: 'untrained',
        preprocessing: 'grey, 64 x 64 pixels',
      },
      fingerprint: 'aaaabbbbccccdddd',
      layers: [{ name: 'energy', shape: [8, 4, 4], depth: 0 }],
    },
    {
      name: 'net "A"',
      backend: 'onnx',
      card: { id: 'net', title: 'Net', family: 'task-optimised', trainingData: 'ImageNet' },
      fingerprint: 'eeeeffff00001111',
      layers: [{ name: 'fc', shape: [10], depth: 3 }],
    },
  ],
  readouts: [{ name: 'ridge', id: 'ridge', description: 'Ridge regression', options: {} }],
  scorers: [
    {
      name: 'pearson',
      id: 'pearson',
      kind: 'prediction',
      title: 'Pearson correlation',
      description: 'Pearson correlation of predicted and measured responses',
      range: [-1, 1],
      options: {},
    },
    {
      name: 'rsa',
      id: 'rsa',
      kind: 'geometry',
      title: 'RSA',
      description: 'Spearman correlation of RDMs',
      range: [-1, 1],
      options: {},
    },
  ],
  ceiling: { id: 'nsd', description: 'NC = ncsnr^2 / (ncsnr^2 + 1/n)', options: {} },
  conventions: [
    { id: 'paper', title: 'r / ceiling', formula: 'r / ceiling per voxel; mean', source: 'Saha 2024' },
    { id: 'raw', title: 'Raw', formula: 'r per voxel; mean', source: 'no normalisation' },
  ],
  fits: [
    {
      model: 'gabor',
      layer: 'energy',
      readout: 'ridge',
      subject: 's1',
      nParameters: 129,
      perVoxel: { alpha: floats(10, 100, 1000) },
      warnings: [],
    },
  ],
  predictions: [
    {
      model: 'gabor',
      layer: 'energy',
      readout: 'ridge',
      subject: 's1',
      scorer: 'pearson',
      values: floats(0.4, 0.25, Number.NaN),
      nStimuli: [4, 4],
      regions: [
        {
          region: 'V1',
          summary: {
            n: 2,
            nUndefined: 0,
            mean: 0.325,
            median: 0.325,
            sem: 0.075,
            quartiles: [0.2875, 0.3625],
          },
          conventions: [
            { convention: 'paper', aggregate: 0.5, nVoxels: 2 },
            { convention: 'raw', aggregate: 0.325, nVoxels: 2 },
          ],
        },
        {
          region: 'V2, dorsal',
          summary: { n: 1, nUndefined: 1, mean: 0.25, median: 0.25, sem: null, quartiles: [0.25, 0.25] },
          conventions: [
            { convention: 'paper', aggregate: 0.5, nVoxels: 1 },
            { convention: 'raw', aggregate: 0.25, nVoxels: 1 },
          ],
        },
      ],
    },
    {
      model: 'net "A"',
      layer: 'fc',
      readout: 'ridge',
      subject: 's1',
      scorer: 'pearson',
      values: floats(0.2, 0.3, 0.1),
      nStimuli: [4, 4],
      regions: [
        {
          region: 'V1',
          summary: { n: 2, nUndefined: 0, mean: 0.25, median: 0.25, sem: 0.05, quartiles: [0.225, 0.275] },
          conventions: [
            { convention: 'paper', aggregate: 0.425, nVoxels: 2 },
            { convention: 'raw', aggregate: 0.25, nVoxels: 2 },
          ],
        },
        {
          region: 'V2, dorsal',
          summary: { n: 2, nUndefined: 0, mean: 0.2, median: 0.2, sem: 0.1, quartiles: [0.15, 0.25] },
          conventions: [
            { convention: 'paper', aggregate: null, nVoxels: 0 },
            { convention: 'raw', aggregate: 0.2, nVoxels: 2 },
          ],
        },
      ],
    },
  ],
  geometry: [
    {
      model: 'gabor',
      layer: 'energy',
      scorer: 'rsa',
      region: 'V1',
      subjects: ['s1', 's2'],
      values: floats(0.15, 0.25),
      summary: { n: 2, nUndefined: 0, mean: 0.2, median: 0.2, sem: 0.05, quartiles: [0.175, 0.225] },
    },
  ],
  geometryCeilings: [{ scorer: 'rsa', region: 'V1', method: 'nili', lower: 0.3, upper: 0.4 }],
  warnings: [{ code: 'alpha-at-edge', message: 'At the edge of the <grid>.', count: 2, total: 3 }],
};

/** When and where that run was made. */
export const smallRunFacts: RunFacts = {
  planKey: smallRecord.planKey,
  striateVersion: '0.1.0',
  finishedAt: '2026-11-25T12:00:00.000Z',
  seconds: 14,
  performed: 9,
  reused: 1,
  fits: [{ model: 'gabor', layer: 'energy', readout: 'ridge', subject: 's1', seconds: 2.5 }],
  machine: {
    ...{ platform: 'linux', arch: 'x64', cpu: 'Some processor', cores: 2, memoryBytes: 8e9, node: 'v20.20.2' },
  },
};

/** The same run without responses of its own: RDMs only. */
export const geometryOnlyRecord: RunRecord = {
  ...smallRecord,
  split: null,
  subjects: [],
  readouts: [],
  scorers: smallRecord.scorers.filter(({ kind }) => kind === 'geometry'),
  ceiling: null,
  conventions: [],
  fits: [],
  predictions: [],
  warnings: [],
};
