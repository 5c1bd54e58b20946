// Features of stimuli, some stimuli at a time.

import { goingAssertion } from '@striate/backend-onnx';
import {
  rowLength,
  unknownLayer,
  type ExtractRequest,
  type FeatureBatch,
  type LayerInfo,
  type Stimulus,
} from '@striate/contracts';
import type { Reading } from '../reading/reading.js';
import { openEmbedder, type Embedder } from '../text/embedder.js';
import type { Tokenizer } from '../text/tokenizer.js';
import type { LanguageModel, TextLayer } from './language-model.js';

export interface Extraction {
  readonly model: LanguageModel;
  readonly reading: Reading;
  /** Opened when there is something to read. */
  openTokenizer(): Promise<Tokenizer>;
  /** Of the whole model. */
  listLayers(): Promise<readonly LayerInfo[]>;
  /** Throws if the model was disposed of. */
  assertUsable(): void;
}

/** Texts of the stimuli of a batch: enough that many are of one length, few enough that a batch stays at some 10 MB. */
const TEXTS_AT_ONCE = 256;

/**
 * Extract features in batches, in the order of the request. Memory: one session, the vectors of some hundred texts.
 *
 * @throws {UsageError} `STRIATE_UNKNOWN_LAYER`.
 * @throws {DataError} `STRIATE_STIMULUS_LACKS`, `STRIATE_SHAPE_MISMATCH`, `STRIATE_MODEL_RUN_FAILED`,
 *   `STRIATE_MODEL_FILE_MALFORMED`.
 * @throws {CapabilityError} `STRIATE_ABORTED`, `STRIATE_USED_AFTER_DISPOSE`.
 */
export async function* extractFeatures(
  { model, reading, openTokenizer, listLayers, assertUsable }: Extraction,
  { stimuli, layers: names, signal }: ExtractRequest,
): AsyncGenerator<FeatureBatch> {
  const assertGoing = goingAssertion(model.id, assertUsable, signal);
  assertGoing();
  const layers = findLayers(model, await listLayers(), names);
  if (stimuli.length === 0 || layers.length === 0) return;
  const shapes = layers.map(({ shape }) => shape);
  const embedder = await openEmbedder(model, layers, await openTokenizer(), assertGoing);
  try {
    for (const { start, texts } of splitTexts(stimuli, reading)) {
      assertGoing();
      const data = await embedStimuli(texts, reading, embedder, shapes);
      const rows = new Map(names.map((name, i) => [name, data[i]]));
      yield { start, count: texts.length, layers: rows };
      assertGoing();
    }
  } finally {
    await embedder.dispose();
  }
}

interface ShapedLayer extends TextLayer {
  /** Sizes of the features of a stimulus. */
  readonly shape: readonly number[];
}

function findLayers(
  { id, layers }: LanguageModel,
  listed: readonly LayerInfo[],
  names: readonly string[],
): readonly ShapedLayer[] {
  return names.map((name) => {
    const info = listed.find((each) => each.name === name || each.aliases?.includes(name));
    const known = listed.flatMap((each) => [each.name, ...(each.aliases ?? [])]);
    if (!info) throw unknownLayer({ model: id, layer: name, known });
    return { ...layers.find((layer) => layer.name === info.name)!, shape: info.shape };
  });
}

type StimulusTexts = readonly (string | null)[];

/** Take stimuli until there are texts enough. */
function* splitTexts(
  stimuli: readonly Stimulus[],
  reading: Reading,
): Generator<{ readonly start: number; readonly texts: readonly StimulusTexts[] }> {
  let texts: StimulusTexts[] = [];
  let nTexts = 0;
  for (const [i, stimulus] of stimuli.entries()) {
    texts.push(reading.textsOf(stimulus));
    nTexts += texts.at(-1)!.length;
    if (nTexts < TEXTS_AT_ONCE && i < stimuli.length - 1) continue;
    yield { start: i + 1 - texts.length, texts };
    [texts, nTexts] = [[], 0];
  }
}

/** Features of some stimuli: per layer [stimulus, ...shape]. */
async function embedStimuli(
  texts: readonly StimulusTexts[],
  reading: Reading,
  embedder: Embedder,
  shapes: readonly (readonly number[])[],
): Promise<readonly Float32Array[]> {
  const vectors = await embedder.embed(texts.flat().filter((text) => text !== null));
  return shapes.map((shape, layer) => {
    const length = rowLength({ rowShape: shape });
    const data = new Float32Array(texts.length * length);
    texts.forEach((own, i) => {
      const placed = own.map((text) => (text === null ? null : vectors.get(text)![layer]));
      reading.place(placed, data.subarray(i * length, (i + 1) * length));
    });
    return data;
  });
}
