// An ONNX network as a loaded model: what the `onnx` backend and the families built on it share.

import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { OnnxModel, Value } from '@striate/compute';
import {
  usedAfterDispose,
  type LayerInfo,
  type LoadedModel,
  type ModelCard,
  type PluginContext,
} from '@striate/contracts';
import { readCardBeside, readMetadata } from '../model-card.js';
import type { OnnxOptions } from '../options/onnx-options.js';
import {
  completePreprocessing,
  describePreprocessing,
  determinantsOf,
  type PartialPreprocessing,
} from '../preprocessing/preprocessing.js';
import type { AddedNodes } from './added-nodes.js';
import { chooseBatchSize } from './batch-size.js';
import { assertImages } from './batches.js';
import { extractFeatures } from './extract.js';
import { assertInputFits, findImageInput, preprocessingOfInput } from './image-input.js';
import { listOwnLayers, placeChannels, type NamedLayer } from './layers.js';
import { layerGraph } from './layer-graph.js';
import { listLayers } from './list-layers.js';
import { readNetworkFile } from './network-file.js';
import type { Network } from './network.js';

/** Raised when the same file, preprocessing and batch size would give other features than before. */
const FEATURES_VERSION = 1;

/** What a family knows of its networks; card and preprocessing are overruled by what file, card and options say. */
export interface NetworkDescription {
  readonly card: Omit<ModelCard, 'id' | 'preprocessing'>;
  readonly preprocessing?: PartialPreprocessing;
  /** Layers under names of their own; left out: every value of the graph under its name there. */
  readonly layers?: readonly NamedLayer[];
  /** Nodes for layers that are no values of the file: a part of one, or one turned. They are in every fingerprint. */
  readonly added?: AddedNodes;
}

export interface NetworkRequest {
  /** Id of the backend, for messages. */
  readonly backend: string;
  /** Id of the model. */
  readonly id: string;
  /** Absolute path of the `.onnx` file. */
  readonly path: string;
  readonly options: OnnxOptions;
  readonly context: PluginContext;
  /** Describes the network; `image` is the input that takes the image. */
  describe(model: OnnxModel, image: string): NetworkDescription;
}

/**
 * Open an ONNX network. Its file is read once, for its hash and its structure; a session is opened when layers or
 * features are asked for.
 *
 * @throws {DataError} `STRIATE_MODEL_NOT_FOUND`, `STRIATE_ONNX_MALFORMED`, `STRIATE_FILE_MISSING` (external weights),
 *   `STRIATE_MODEL_FILE_MALFORMED` (its card).
 * @throws {UsageError} `STRIATE_PREPROCESSING_UNKNOWN`, `STRIATE_INVALID_OPTION` (it does not fit the network).
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a network that takes no image, or whose stimuli would depend on their
 *   company.
 * @remarks Nodes are run unfused and batches have one size, so that a stimulus gives the same bits in whatever company
 *   and whichever layers are asked for. Measured on two cores, fused nodes are 27 % (SqueezeNet, ResNet-50) to 0 %
 *   (MobileNetV2) faster, but move ResNet-50's features with the layers asked for, by 8e-7 of the largest value.
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
    async toGraph(layer, image) {
      assertUsable();
      return layerGraph(network, layer, image as Value);
    },
    doExtract: (extraction) => extractFeatures(network, extraction, assertUsable),
    async dispose() {
      isDisposed = true;
    },
  };
}

async function describeNetwork({ id, path, backend, options, context, describe }: NetworkRequest) {
  const { model, sha256 } = await readNetworkFile(path, backend);
  const input = findImageInput(model.graph, id);
  const known = describe(model, input.name);
  const stated = readMetadata(model, path);
  const beside = await readCardBeside(path);
  const preprocessing = completePreprocessing(
    [
      preprocessingOfInput(model.graph, input),
      known.preprocessing ?? {},
      stated.preprocessing,
      beside.preprocessing,
      options.preprocessing,
    ],
    id,
  );
  assertInputFits(input, preprocessing, id);
  const layers = known.layers ?? listOwnLayers(model.graph, input.name);
  const declared = input.shape?.[0] ?? undefined;
  const network: Network = {
    id,
    path,
    backend,
    input: input.name,
    preprocessing,
    batchSize: chooseBatchSize(model.graph, { model: id, declared, wanted: options.batchSize }),
    declaredBatchSize: declared,
    added: known.added,
    layers: placeChannels(layers, model.graph, input.name, preprocessing.layout),
    session: {
      name: path,
      device: context.device,
      fusion: 'none',
      weightsFolder: dirname(path),
      ...(context.threads === undefined ? {} : { threads: context.threads }),
    },
  };
  const said = { ...known.card, ...stated.card, ...beside.card, ...options.card };
  const card: ModelCard = { ...said, id, preprocessing: describePreprocessing(preprocessing) };
  return { network, sha256, card };
}

/** The device and the batch size are part of it: matrix products round differently on another device or shape. */
function fingerprintOf(sha256: string, { preprocessing, batchSize, session, added }: Network): string {
  const values = determinantsOf(preprocessing);
  const determinants = [
    FEATURES_VERSION,
    sha256,
    values,
    batchSize,
    session.device,
    ...(added ? [added] : []),
  ];
  return createHash('sha256').update(JSON.stringify(determinants)).digest('hex');
}
