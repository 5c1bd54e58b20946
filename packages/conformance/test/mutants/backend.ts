import type { ExtractRequest, FeatureBatch, LoadedModel, Stimulus } from '@striate/contracts';
import type { BackendSubject } from '../../src/index.js';
import { honestBackend, MIXING, openByteSums } from '../honest/backend.js';
import type { Mutant } from '../mutant.js';
import { optionsMutants } from './options.js';

type Change = (model: LoadedModel) => Partial<LoadedModel>;

export const backendMutants: readonly Mutant<BackendSubject>[] = [
  mutant('backend/layers-ordered', 'names two layers alike', (model) => ({
    listLayers: async () => (await model.listLayers()).map((layer) => ({ ...layer, name: 'maps' })),
  })),
  mutant('backend/layers-ordered', 'gives two layers the same depth', (model) => ({
    listLayers: async () => (await model.listLayers()).map((layer) => ({ ...layer, depth: 1 })),
  })),
  mutant('backend/card-complete', 'has an empty title', ({ card }) => ({ card: { ...card, title: '' } })),
  mutant('backend/card-complete', 'has an empty licence', ({ card }) => ({
    card: { ...card, licence: ' ' },
  })),
  mutant('backend/fingerprint-stable', 'hashes the time of opening', () => ({
    fingerprint: `opened-${ticks++}`,
  })),
  mutant('backend/core-described', 'leaves its core without a description', () => ({
    core: { ...MIXING, description: '' },
  })),
  mutant('backend/core-described', 'hashes the time of opening into its core', () => ({
    core: { ...MIXING, fingerprint: `opened-${ticks++}` },
  })),
  mutant('backend/core-described', 'has a core at every other opening', () => ({
    core: ticks++ % 2 === 0 ? MIXING : undefined,
  })),
  mutant('backend/core-measured', 'measures a core without its last layer', () => ({
    core: { ...MIXING, measure: (map) => ({ ...MIXING.measure(map), nParameters: 3 * map[0] }) },
  })),
  mutant('backend/core-measured', 'measures a map with the batch in front', () => ({
    core: { ...MIXING, measure: (map) => ({ ...MIXING.measure(map), map: [1, ...map] as never }) },
  })),
  mutant('backend/core-measured', 'measures arithmetic by a size that is not known', () => ({
    core: { ...MIXING, measure: (map) => ({ ...MIXING.measure(map), nOperations: Number.NaN }) },
  })),
  mutant('backend/layers-extractable', 'declares the shape of another layout', (model) => ({
    listLayers: async () =>
      (await model.listLayers()).map((layer) => ({ ...layer, axes: ['feature'], shape: [4] })),
  })),
  mutant('backend/layers-extractable', 'lists a layer that it cannot extract', (model) => ({
    listLayers: async () => [
      ...(await model.listLayers()),
      { name: 'late', axes: ['feature'], shape: [2], depth: 3 },
    ],
  })),
  mutant(
    'backend/finite',
    'overflows in one feature',
    onRows((row) => (row[0] = Infinity)),
  ),
  mutant(
    'backend/stimuli-distinguished',
    'never looks at its input',
    onRows((row) => row.fill(1)),
  ),
  mutant(
    'backend/deterministic',
    'adds noise',
    onRows((row) => (row[0] += ticks++)),
  ),
  mutant('backend/buffers-owned-by-receiver', 'reuses the buffer of the batch before', (model) => ({
    doExtract: (request) => withOneBuffer(model, request),
  })),
  mutant('backend/batch-invariant', 'normalises over the batch', onBatches(normaliseBatch)),
  mutant('backend/batch-invariant', 'rounds otherwise in a full batch', onBatches(roundFullBatch)),
  mutant('backend/order-invariant', 'returns rows sorted by stimulus', (model) => ({
    doExtract: (request) => model.doExtract({ ...request, stimuli: sorted(request.stimuli) }),
  })),
  mutant('backend/order-invariant', 'shifts rows by one', (model) => ({
    doExtract: (request) => model.doExtract({ ...request, stimuli: shifted(request.stimuli) }),
  })),
  mutant('backend/layer-selection-invariant', 'changes a layer when others are asked for too', (model) => ({
    doExtract: (request) => changed(model, request, (batch) => addEverywhere(batch, request.layers.length)),
  })),
  mutant('backend/inputs-untouched', 'decodes in the buffer of the file', (model) => ({
    doExtract: (request) => spoilingBytes(model, request),
  })),
  mutant('backend/inputs-untouched', 'marks stimuli as seen', (model) => ({
    doExtract(request) {
      for (const stimulus of request.stimuli) Object.assign(stimulus, { seen: true });
      return model.doExtract(request);
    },
  })),
  mutant('backend/unknown-layer-refused', 'falls back to the first layer', (model) => ({
    doExtract: (request) => model.doExtract({ ...request, layers: request.layers.map(orFirstLayer) }),
  })),
  mutant('backend/unknown-layer-refused', 'refuses with a bare error', (model) => ({
    doExtract(request) {
      if (request.layers.some((layer) => orFirstLayer(layer) !== layer)) throw new Error('no such layer');
      return model.doExtract(request);
    },
  })),
  mutant('backend/missing-input-refused', 'takes an empty image for a missing one', (model) => ({
    doExtract: (request) => model.doExtract({ ...request, stimuli: request.stimuli.map(withImage) }),
  })),
  mutant('backend/missing-input-refused', 'checks nothing before the work', () => ({
    checkStimuli: async () => {},
  })),
  mutant('backend/broken-image-refused', 'takes whatever bytes it is given', (model) => ({
    doExtract: (request) => model.doExtract({ ...request, stimuli: request.stimuli.map(cutToSize) }),
  })),
  mutant('backend/abort-honoured', 'ignores its signal', (model) => ({
    doExtract: ({ stimuli, layers }) => model.doExtract({ stimuli, layers }),
  })),
  mutant('backend/abort-honoured', 'looks at its signal only at the start', (model) => ({
    async *doExtract({ signal, ...request }) {
      yield* model.doExtract(signal?.aborted ? { ...request, signal } : request);
    },
  })),
  mutant('backend/abort-honoured', 'ends early without an error', (model) => ({
    async *doExtract(request) {
      for await (const batch of model.doExtract({ ...request, signal: new AbortController().signal })) {
        if (request.signal?.aborted) return;
        yield batch;
      }
    },
  })),
  mutant('backend/dispose', 'goes on after dispose()', () => ({ dispose: async () => {} })),
  mutant('backend/dispose', 'fails at the second dispose()', (model) => {
    let nCalls = 0;
    return { dispose: () => (nCalls++ === 0 ? model.dispose() : Promise.reject(new Error('freed twice'))) };
  }),
  sharedScratch(),
  sharedSession(),
  ...optionsMutants('backend', honestBackend, 'backend'),
];

function mutant(caughtBy: string, fault: string, change: Change): Mutant<BackendSubject> {
  const open = async () => {
    const model = openByteSums();
    return { ...model, ...change(model) };
  };
  return { fault, caughtBy, subject: () => ({ ...honestBackend(), open }) };
}

let ticks = 0;

async function* changed(
  model: LoadedModel,
  request: ExtractRequest,
  change: (batch: FeatureBatch) => FeatureBatch,
): AsyncGenerator<FeatureBatch> {
  for await (const batch of model.doExtract(request)) yield change(batch);
}

function onBatches(change: (batch: FeatureBatch) => FeatureBatch): Change {
  return (model) => ({ doExtract: (request) => changed(model, request, change) });
}

function onRows(change: (data: Float32Array) => unknown): Change {
  return onBatches((batch) => {
    for (const data of batch.layers.values()) change(data);
    return batch;
  });
}

async function* withOneBuffer(model: LoadedModel, request: ExtractRequest): AsyncGenerator<FeatureBatch> {
  const buffers = new Map<string, Float32Array>();
  for await (const batch of model.doExtract(request)) {
    const layers = new Map<string, Float32Array>();
    for (const [name, data] of batch.layers) {
      const buffer = buffers.get(name) ?? new Float32Array(data.length);
      buffers.set(name, buffer);
      buffer.set(data);
      layers.set(name, buffer.subarray(0, data.length));
    }
    yield { ...batch, layers };
  }
}

function normaliseBatch(batch: FeatureBatch): FeatureBatch {
  for (const data of batch.layers.values()) {
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    data.forEach((value, i) => (data[i] = value - mean));
  }
  return batch;
}

function roundFullBatch(batch: FeatureBatch): FeatureBatch {
  if (batch.count > 1) for (const data of batch.layers.values()) data[0] *= 1 + 1e-6;
  return batch;
}

function addEverywhere(batch: FeatureBatch, amount: number): FeatureBatch {
  for (const data of batch.layers.values()) data.forEach((value, i) => (data[i] = value + amount));
  return batch;
}

function sorted(stimuli: readonly Stimulus[]): Stimulus[] {
  return stimuli.toSorted((a, b) => a.id.localeCompare(b.id));
}

function shifted(stimuli: readonly Stimulus[]): Stimulus[] {
  return [...stimuli.slice(1), stimuli[0]];
}

async function* spoilingBytes(model: LoadedModel, request: ExtractRequest): AsyncGenerator<FeatureBatch> {
  for (const { image } of request.stimuli) (await image!.readBytes()).reverse();
  yield* model.doExtract(request);
}

function orFirstLayer(layer: string): string {
  return ['maps', 'vector', 'logits'].includes(layer) ? layer : 'maps';
}

function withImage(stimulus: Stimulus): Stimulus {
  const image = { location: '', sha256: '', readBytes: async () => new Uint8Array(8) };
  return stimulus.image ? stimulus : { ...stimulus, image };
}

function cutToSize(stimulus: Stimulus): Stimulus {
  const { image } = stimulus;
  if (!image) return stimulus;
  return { ...stimulus, image: { ...image, readBytes: async () => (await image.readBytes()).slice(0, 8) } };
}

/** Two models that write into one scratch value between their batches. */
function sharedScratch(): Mutant<BackendSubject> {
  let nRunning = 0;
  return mutant('backend/models-independent', 'shares scratch memory with other models', (model) => ({
    async *doExtract(request) {
      nRunning++;
      yield* changed(model, request, (batch) => addEverywhere(batch, nRunning));
      nRunning--;
    },
  }));
}

/** Two models on one native session, which the first disposal frees. */
function sharedSession(): Mutant<BackendSubject> {
  const opened: LoadedModel[] = [];
  return mutant('backend/models-independent', 'frees the session of other models with its own', (model) => {
    opened.push(model);
    const dispose = async () => {
      for (const other of opened.splice(0)) await other.dispose();
    };
    return { dispose };
  });
}
