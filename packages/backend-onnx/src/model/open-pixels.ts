// The prepared pixels themselves as a model of one layer: what a core that is trained on images reads.

import { createHash } from 'node:crypto';
import type { Value } from '@striate/compute';
import {
  unknownLayer,
  usedAfterDispose,
  type ExtractRequest,
  type FeatureBatch,
  type LayerInfo,
  type LoadedModel,
  type ModelCard,
  type TrainableCore,
} from '@striate/contracts';
import { preprocessingGraph } from '../graph/preprocessing-graph.js';
import {
  completePreprocessing,
  describePreprocessing,
  determinantsOf,
  type PartialPreprocessing,
  type Preprocessing,
} from '../preprocessing/preprocessing.js';
import { assertImages, goingAssertion, prepareBatches } from './batches.js';

/** The one layer: [channel, height, width]. */
const PIXELS = 'pixels';

/** Raised when the same preprocessing would give other pixels than before. */
const PIXELS_VERSION = 1;

/** Images that are prepared at a time. */
const BATCH_SIZE = 16;

/**
 * Make a model that gives the pixels of an image as preprocessing leaves them.
 *
 * @param sources Of the preprocessing, weakest first; together they have to say all of it but the layout.
 * @param core Trained together with a readout behind the pixels, if there is one.
 * @throws {UsageError} `STRIATE_PREPROCESSING_UNKNOWN` naming what is not said.
 * @returns A model whose only layer, `pixels`, is [channel, height, width], whatever layout is asked for.
 */
export function openPixels(
  card: Omit<ModelCard, 'preprocessing'>,
  sources: readonly PartialPreprocessing[],
  core?: TrainableCore,
): LoadedModel {
  const { id } = card;
  const preprocessing = completePreprocessing([...sources, { layout: 'nchw' }], id);
  let isDisposed = false;
  const assertUsable = () => {
    if (isDisposed) throw usedAfterDispose(`Model "${id}"`);
  };
  return {
    card: { ...card, preprocessing: describePreprocessing(preprocessing) },
    fingerprint: fingerprintOf(preprocessing),
    needs: 'image',
    ...(core ? { core } : {}),
    async listLayers() {
      assertUsable();
      return [layerOf(preprocessing)];
    },
    async checkStimuli(stimuli) {
      assertUsable();
      assertImages(stimuli, id);
    },
    doExtract: (request) => extractPixels(id, preprocessing, request, assertUsable),
    async toGraph(layer, image) {
      assertUsable();
      requirePixels(id, [layer]);
      return preprocessingGraph(image as Value, preprocessing);
    },
    async dispose() {
      isDisposed = true;
    },
  };
}

function layerOf({ size }: Preprocessing): LayerInfo {
  return { name: PIXELS, axes: ['channel', 'height', 'width'], shape: [3, ...size], depth: 0 };
}

async function* extractPixels(
  id: string,
  preprocessing: Preprocessing,
  { stimuli, layers, signal }: ExtractRequest,
  assertUsable: () => void,
): AsyncGenerator<FeatureBatch> {
  const assertGoing = goingAssertion(id, assertUsable, signal);
  assertGoing();
  requirePixels(id, layers);
  if (layers.length === 0) return;
  const batches = prepareBatches(stimuli, { id, preprocessing, batchSize: BATCH_SIZE });
  for await (const { start, count, pixels } of batches) {
    assertGoing();
    const length = pixels.length / BATCH_SIZE;
    yield { start, count, layers: new Map([[PIXELS, pixels.slice(0, count * length)]]) };
  }
}

function requirePixels(model: string, layers: readonly string[]): void {
  const layer = layers.find((name) => name !== PIXELS);
  if (layer !== undefined) throw unknownLayer({ model, layer, known: [PIXELS] });
}

function fingerprintOf(preprocessing: Preprocessing): string {
  const determinants = JSON.stringify(['pixels', PIXELS_VERSION, determinantsOf(preprocessing)]);
  return createHash('sha256').update(determinants).digest('hex');
}
