// An ONNX network as a loaded model: what the `onnx` backend and the families built on it share.

import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { OnnxModel } from '@striate/compute';
import {
  usedAfterDispose,
  type LayerInfo,
  type LoadedModel,
  type ModelCard,
  type PluginContext,
} from '@striate/contracts';
import {
  completePreprocessing,
  describePreprocessing,
  type PartialPreprocessing,
  type Preprocessing,
} from '../preprocessing/preprocessing.js';
import { assertImages } from './batches.js';
import { extractFeatures } from './extract.js';
import { assertInputFits, findImageInput, preprocessingOfInput } from './image-input.js';
import { listOwnLayers, placeChannels, type NamedLayer } from './layers.js';
import { listLayers } from './list-layers.js';
import { readMetadata } from './metadata.js';
import { readNetworkFile } from './network-file.js';
import type { Network } from './network.js';

/** Raised when the same file, preprocessing and batch size would give other features than before. */
const FEATURES_VERSION = 1;

export interface NetworkRequest {
  /** Id of the backend, for messages. */
  readonly backend: string;
  /** Absolute path of the `.onnx` file. */
  readonly path: string;
  /** Where the metadata of the file state more, they fill in what the card leaves open. */
  readonly card: Omit<ModelCard, 'preprocessing'>;
  /** What is known of the preprocessing besides what the file says; weakest first. */
  readonly preprocessing: (metadata: ReadonlyMap<string, string>) => readonly PartialPreprocessing[];
  /** Stimuli per run of the network; a network that was exported for one size keeps that. */
  readonly batchSize: number;
  /** Layers under names of their own; left out: every value of the graph under its name there. */
  readonly nameLayers?: (model: OnnxModel, image: string) => readonly NamedLayer[];
  readonly context: PluginContext;
}

/**
 * Open an ONNX network. Its file is read once, for its hash and its structure; a session is opened when layers or
 * features are asked for.
 *
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND`, `STRIATE_ONNX_MALFORMED`, `STRIATE_FILE_MISSING` (external weights).
 * @throws {UsageError} `STRIATE_PREPROCESSING_UNKNOWN`, `STRIATE_INVALID_OPTION` (it does not fit the network).
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a network that takes no image.
 * @remarks Nodes are run unfused and batches have one size, so that a stimulus gives the same bits in whatever company
 *   and whichever layers are asked for. On the cpu, ResNet-50, MobileNetV2 and SqueezeNet then take a fifth to a third
 *   more time than fused; fused, ResNet-50's features depend on the layers asked for (by 8e-7 of the largest value).
 */
export async function openNetwork(request: NetworkRequest): Promise<LoadedModel> {
  const { network, sha256, card } = await describeNetwork(request);
  const what = `Model "${card.id}"`;
  let isDisposed = false;
  let layers: Promise<readonly LayerInfo[]> | undefined;
  const assertUsable = () => {
    if (isDisposed) throw usedAfterDispose(what);
  };
  return {
    card,
    fingerprint: fingerprintOf(sha256, network),
    needs: 'image',
    async listLayers() {
      assertUsable();
      layers ??= listLayers(network);
      return layers;
    },
    async checkStimuli(stimuli) {
      assertUsable();
      assertImages(stimuli, card.id);
    },
    doExtract: (extraction) => extractFeatures(network, extraction, assertUsable),
    async dispose() {
      isDisposed = true;
    },
  };
}

async function describeNetwork(request: NetworkRequest) {
  const { path, backend, context } = request;
  const { id } = request.card;
  const { model, sha256 } = await readNetworkFile(path, backend);
  const metadata = readMetadata(model);
  const input = findImageInput(model.graph, id);
  const sources = [preprocessingOfInput(input), ...request.preprocessing(metadata)];
  const preprocessing = completePreprocessing(sources, id);
  assertInputFits(input, preprocessing, id);
  const named = request.nameLayers?.(model, input.name) ?? listOwnLayers(model.graph, input.name);
  const network: Network = {
    id,
    path,
    backend,
    input: input.name,
    preprocessing,
    batchSize: input.shape?.[0] ?? request.batchSize,
    layers: placeChannels(named, model.graph, input.name, preprocessing.layout),
    session: {
      name: path,
      device: context.device,
      fusion: 'none',
      weightsFolder: dirname(path),
      ...(context.threads === undefined ? {} : { threads: context.threads }),
    },
  };
  return { network, sha256, card: completeCard(request.card, metadata, preprocessing) };
}

function completeCard(
  card: Omit<ModelCard, 'preprocessing'>,
  metadata: ReadonlyMap<string, string>,
  preprocessing: Preprocessing,
): ModelCard {
  const source = metadata.get('source');
  const licence = metadata.get('licence') ?? metadata.get('license');
  return {
    ...(source === undefined ? {} : { source }),
    ...(licence === undefined ? {} : { licence }),
    ...card,
    preprocessing: describePreprocessing(preprocessing),
  };
}

/** The device and the batch size are part of it: matrix products round differently on another device or shape. */
function fingerprintOf(sha256: string, { preprocessing, batchSize, session }: Network): string {
  const values = Object.entries(preprocessing).sort(([a], [b]) => (a < b ? -1 : 1));
  const determinants = JSON.stringify([FEATURES_VERSION, sha256, values, batchSize, session.device]);
  return createHash('sha256').update(determinants).digest('hex');
}
