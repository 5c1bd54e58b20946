// A record as a real run would leave it: 4 models x 6 layers x 3 regions, 2 readouts, 2 scorers, 2 subjects with
// ceilings, RSA over 8 subjects. Invented numbers from a fixed seed; they say nothing about brains.

import { RECORD_VERSION, encodeFloats, type EncodedFloats, type RunRecord } from '@striate/contracts';

const MODELS = ['gabor', 'resnet50', 'response-cnn', 'captions'];
const REGIONS = ['V1', 'hV4', 'ventral'];
const READOUTS = ['ridge', 'factorised'];
const SUBJECTS = ['subj01', 'subj02'];
const RSA_SUBJECTS = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
const N_LAYERS = 6;
const VOXELS_PER_REGION = 150;

/** How well a model does in a region at best, and at which share of its depth. */
const PEAKS: Record<string, readonly (readonly [share: number, depth: number])[]> = {
  gabor: [
    [0.75, 0.6],
    [0.35, 0.6],
    [0.15, 0.7],
  ],
  resnet50: [
    [0.7, 0.3],
    [0.75, 0.6],
    [0.7, 0.9],
  ],
  'response-cnn': [
    [0.85, 0.4],
    [0.7, 0.6],
    [0.5, 0.8],
  ],
  captions: [
    [0.1, 0.5],
    [0.3, 0.8],
    [0.8, 1],
  ],
};

/** mulberry32: uniform in [0, 1), the same sequence for the same seed. */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const uniform = uniformFrom(2410);
/** About normal: the sum of twelve uniforms. */
const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
const depthCurve = (layer: number, peak: number) => Math.exp(-((layer / (N_LAYERS - 1) - peak) ** 2) / 0.18);

const positions = REGIONS.map((_, region) =>
  Array.from({ length: VOXELS_PER_REGION }, (_, i) => region * VOXELS_PER_REGION + i),
);
const nVoxels = REGIONS.length * VOXELS_PER_REGION;
const regionOf = (voxel: number) => Math.floor(voxel / VOXELS_PER_REGION);

const ceilings = SUBJECTS.map(() =>
  Float64Array.from({ length: nVoxels }, (_, v) =>
    v % 97 === 0 ? Number.NaN : Math.min(0.95, Math.max(0.05, 0.62 - 0.08 * regionOf(v) + 0.14 * normal())),
  ),
);

const layers = Array.from({ length: N_LAYERS }, (_, depth) => ({
  name: `block${depth + 1}`,
  shape: [64 * (depth + 1), 14, 14],
  depth: depth * 3,
}));

function meanOfDefined(values: readonly number[]): number | null {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

function summary(values: readonly number[]) {
  const mean = meanOfDefined(values);
  const n = values.filter((value) => !Number.isNaN(value)).length;
  return { n, nUndefined: values.length - n, mean, median: mean, sem: null, quartiles: null };
}

/** Fields that grow along the regions and the layers, from numbers of their own: what is drawn after them stays the same. */
function fieldsOf(layer: number): Record<string, EncodedFloats> {
  const draw = uniformFrom(layer);
  const each = (valueOf: (region: number) => number) =>
    encodeFloats(Float64Array.from({ length: nVoxels }, (_, v) => (v % 149 === 0 ? Number.NaN : valueOf(regionOf(v)))));
  return {
    fieldX: each((region) => (2 * draw() - 1) / (1 + 0.3 * region)),
    fieldY: each((region) => (2 * draw() - 1) / (1 + 0.3 * region)),
    fieldSize: each((region) => 0.1 + 0.1 * region + 0.02 * layer + 0.1 * draw()),
    fieldShift: each((region) => 0.1 * region * draw()),
    validationScore: each(() => 0.3 + 0.3 * draw()),
    seedSpread: each(() => 0.05 * draw()),
  };
}

function scoresOf(model: string, layer: number, readout: string, subject: number): Float64Array {
  return Float64Array.from({ length: nVoxels }, (_, v) => {
    if (v % 131 === 0) return Number.NaN;
    const [share, peak] = PEAKS[model][regionOf(v)];
    const gain = readout === 'factorised' ? 1.08 : 1;
    const ceiling = Number.isNaN(ceilings[subject][v]) ? 0.1 : ceilings[subject][v];
    return share * gain * depthCurve(layer, peak) * ceiling + 0.06 * normal();
  });
}

function predictionsOf(
  model: string,
  layer: number,
  readout: string,
  subject: number,
): RunRecord['predictions'] {
  const pearson = scoresOf(model, layer, readout, subject);
  const r2 = pearson.map((r) => r * Math.abs(r) - 0.02);
  return [
    { scorer: 'pearson', values: pearson },
    { scorer: 'r2', values: r2 },
  ].map(({ scorer, values }) => ({
    ...{ model, layer: layers[layer].name, readout, subject: SUBJECTS[subject], scorer },
    values: encodeFloats(values),
    nStimuli: [400, 400],
    regions: REGIONS.map((region, i) => {
      const raw = positions[i].map((v) => values[v]);
      const normalised = positions[i].map((v) => values[v] / ceilings[subject][v]);
      return {
        region,
        summary: summary(raw),
        conventions:
          scorer === 'r2'
            ? []
            : [
                { convention: 'raw', aggregate: meanOfDefined(raw), nVoxels: VOXELS_PER_REGION },
                { convention: 'paper', aggregate: meanOfDefined(normalised), nVoxels: VOXELS_PER_REGION },
              ],
      };
    }),
  }));
}

function geometryOf(model: string, layer: number): RunRecord['geometry'] {
  return REGIONS.map((region, i) => {
    const [share, peak] = PEAKS[model][i];
    const values = RSA_SUBJECTS.map(() => 0.35 * share * depthCurve(layer, peak) + 0.04 * normal());
    return {
      ...{ model, layer: layers[layer].name, scorer: 'rsa', region, subjects: RSA_SUBJECTS },
      values: encodeFloats(Float64Array.from(values)),
      summary: summary(values),
    };
  });
}

const eachLayer = MODELS.flatMap((model) => layers.map((_, layer) => ({ model, layer })));
const eachFit = eachLayer.flatMap(({ model, layer }) =>
  READOUTS.flatMap((readout) => SUBJECTS.map((_, subject) => ({ model, layer, readout, subject }))),
);

export const realisticRecord: RunRecord = {
  recordVersion: RECORD_VERSION,
  striateVersion: '0.1.0',
  name: 'Four models of the ventral stream',
  planKey: '5f2b8c0d9e417a36'.repeat(4),
  seed: 1,
  configuration: { name: 'Four models of the ventral stream', models: MODELS, seed: 1 },
  dataset: {
    name: 'Invented scenes',
    recordingKind: 'voxel',
    nStimuli: 2000,
    citation: 'Nobody et al. 2026',
  },
  split: {
    kind: 'dataset',
    description: "the dataset's own split: 1600 training and 400 test stimuli",
    nFolds: 1,
  },
  regions: REGIONS,
  subjects: SUBJECTS.map((subject, s) => ({
    subject,
    voxelIds: Array.from({ length: nVoxels }, (_, v) => `${subject}-${v}`),
    regions: Object.fromEntries(REGIONS.map((region, i) => [region, positions[i]])),
    ceiling: {
      method: 'nsd',
      correlation: encodeFloats(ceilings[s]),
      variance: encodeFloats(ceilings[s].map((value) => value ** 2)),
      nUndefined: ceilings[s].filter((value) => Number.isNaN(value)).length,
    },
  })),
  models: MODELS.map((name, i) => ({
    name,
    backend: 'onnx',
    card: {
      id: name,
      title: ['Gabor energy', 'ResNet-50', 'Response-optimised CNN', 'Dense captions'][i],
      family: (['untrained', 'task-optimised', 'response-optimised', 'language'] as const)[i],
      licence: 'MIT',
      preprocessing: 'shorter side resized to 256, central 224 x 224 pixels kept',
      ...(i === 1 ? { trainingData: 'ImageNet-1k', citation: 'He et al. 2016' } : {}),
    },
    fingerprint: `${i}c4d9f0a2b7e`.repeat(4),
    layers,
  })),
  readouts: READOUTS.map((name) => ({
    ...{ name, id: name, options: {} },
    description: `${name === 'ridge' ? 'Ridge regression in closed form' : 'Spatial mask times feature weights'}, one penalty per voxel`,
  })),
  scorers: [
    {
      ...{ name: 'pearson', id: 'pearson', kind: 'prediction', title: 'Pearson correlation', options: {} },
      description: 'Pearson correlation of predicted and measured responses over the test stimuli',
      range: [-1, 1],
    },
    {
      ...{ name: 'r2', id: 'r2', kind: 'prediction', title: 'R2', options: {} },
      description: 'R2 = 1 - SSE / SST over the test stimuli',
      range: [null, 1],
    },
    {
      ...{ name: 'rsa', id: 'rsa', kind: 'geometry', title: 'RSA', options: {} },
      description: "Spearman's rank correlation of the RDMs of features and responses",
      range: [-1, 1],
    },
  ],
  ceiling: { id: 'nsd', description: 'NC = ncsnr^2 / (ncsnr^2 + mean of 1/n)', options: {} },
  conventions: [
    { id: 'raw', title: 'Raw correlation', formula: 'r per voxel; mean', source: 'no normalisation' },
    {
      id: 'paper',
      title: 'r / ceiling (arXiv 2410.14031)',
      formula: 'r / correlation ceiling per voxel; mean over voxels; not clamped',
      source: 'Saha, Chadha & Khosla 2024',
    },
  ],
  fits: eachFit.map(({ model, layer, readout, subject }) => ({
    ...{ model, layer: layers[layer].name, readout, subject: SUBJECTS[subject], nParameters: 64 },
    perVoxel: {
      alpha: encodeFloats(Float64Array.from({ length: nVoxels }, () => 10 ** Math.round(3 + 1.3 * normal()))),
      ...(readout === 'factorised' ? fieldsOf(layer) : {}),
    },
    warnings: [],
  })),
  predictions: eachFit.flatMap(({ model, layer, readout, subject }) =>
    predictionsOf(model, layer, readout, subject),
  ),
  geometry: eachLayer.flatMap(({ model, layer }) => geometryOf(model, layer)),
  geometryCeilings: REGIONS.map((region, i) => ({
    ...{ scorer: 'rsa', region, method: 'nili' },
    ...{ lower: 0.3 - 0.03 * i, upper: 0.38 - 0.03 * i },
  })),
  warnings: [
    {
      code: 'alpha-at-edge',
      message: 'The chosen penalty of some voxels is the smallest or the largest of the grid.',
      count: 312,
      total: 21600,
    },
  ],
};
