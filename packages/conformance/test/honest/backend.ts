// A backend that keeps every promise: its features are sums over the bytes of the image.

import {
  aborted,
  imageUndecodable,
  optionsParser,
  stimulusLacks,
  unknownLayer,
  usedAfterDispose,
  type ExtractRequest,
  type FeatureBatch,
  type LayerInfo,
  type LoadedModel,
  type ModelCard,
  type Stimulus,
  type TrainableCore,
} from '@striate/contracts';
import type { BackendSubject } from '../../src/index.js';

const NAME = 'byte-sums';
const BATCH_SIZE = 2;

export const LAYERS: readonly LayerInfo[] = [
  { name: 'maps', axes: ['channel', 'height', 'width'], shape: [2, 2, 2], depth: 0 },
  { name: 'vector', axes: ['feature'], shape: [3], depth: 1 },
  { name: 'logits', axes: ['feature'], shape: [2], depth: 2 },
];

const CARD: ModelCard = {
  id: NAME,
  title: 'Weighted sums of bytes',
  family: 'untrained',
  preprocessing: 'none: the bytes of the file',
};

/** Mixes channels to four others at each place: one weight per pair. */
export const MIXING: TrainableCore = {
  id: 'mixing',
  fingerprint: 'mixing-1',
  description: '1 x 1 convolution to 4 channels',
  measure: ([channels, height, width]) => ({
    map: [4, height, width],
    nParameters: 4 * channels,
    nActivations: 4 * height * width,
    nOperations: 2 * 4 * channels * height * width,
  }),
  open: ([channels]) => ({
    parameters: [{ dtype: 'float32', shape: [4, channels] }],
    running: [],
    build: (map) => ({
      featureMap: { dtype: 'float32', shape: map.shape.with(1, 4) },
      running: new Map(),
    }),
  }),
};

export function openByteSums(): LoadedModel {
  let isDisposed = false;
  const assertOpen = () => {
    if (isDisposed) throw usedAfterDispose(NAME);
  };
  return {
    card: CARD,
    fingerprint: 'byte-sums-1',
    needs: 'image',
    core: MIXING,
    async listLayers() {
      assertOpen();
      return LAYERS;
    },
    checkStimuli: async (stimuli) => stimuli.forEach(imageOf),
    async *doExtract(request) {
      assertOpen();
      yield* extractBatches(request);
    },
    async dispose() {
      isDisposed = true;
    },
  };
}

async function* extractBatches({ stimuli, layers, signal }: ExtractRequest): AsyncGenerator<FeatureBatch> {
  const wanted = layers.map(layerNamed);
  stimuli.forEach(imageOf);
  for (let start = 0; start < stimuli.length; start += BATCH_SIZE) {
    if (signal?.aborted) throw aborted(NAME);
    const batch = await Promise.all(stimuli.slice(start, start + BATCH_SIZE).map(decode));
    const rows = wanted.map((layer): [string, Float32Array] => [layer.name, featuresOf(batch, layer)]);
    yield { start, count: batch.length, layers: new Map(rows) };
  }
}

function layerNamed(name: string): LayerInfo {
  const layer = LAYERS.find((candidate) => candidate.name === name);
  if (layer) return layer;
  throw unknownLayer({ model: NAME, layer: name, known: LAYERS.map((known) => known.name) });
}

function imageOf(stimulus: Stimulus) {
  if (stimulus.image) return stimulus.image;
  throw stimulusLacks({ stimulus: stimulus.id, what: 'image', model: NAME });
}

/** An image of this format has eight bytes. */
async function decode(stimulus: Stimulus): Promise<Uint8Array> {
  const { location, readBytes } = imageOf(stimulus);
  const bytes = await readBytes();
  if (bytes.length === 8) return bytes;
  throw imageUndecodable({ stimulus: stimulus.id, location, reason: `${bytes.length} bytes` });
}

function featuresOf(images: readonly Uint8Array[], { shape, depth }: LayerInfo): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: images.length * length }, (_, i) => {
    const frequency = (depth + 1) * (1 + (i % length));
    return images[Math.floor(i / length)].reduce((sum, byte, at) => sum + byte * Math.cos(frequency * at), 0);
  });
}

/** Six images that differ. */
export const STIMULI: readonly Stimulus[] = Array.from({ length: 6 }, (_, i) => {
  const bytes = Uint8Array.from({ length: 8 }, (_unused, at) => (37 * i + 11 * at * at) % 251);
  const image = { location: `memory:${i}`, sha256: `${i}`, readBytes: async () => bytes };
  return { id: `s${i}`, image };
});

export function honestBackend(): BackendSubject {
  const backend = { parseOptions: optionsParser(NAME, {}) };
  return { plugin: NAME, backend, options: {}, open: async () => openByteSums(), stimuli: STIMULI };
}
