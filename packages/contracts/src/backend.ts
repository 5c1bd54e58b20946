// A backend turns stimuli into feature maps: one family of networks behind one interface.
//
// It promises: the same stimulus gives the same bits, whatever else is asked for in the same call; rows come in the
// order asked; inputs are left alone. It does not promise to be fast to open, to fit in memory twice, or to know the
// shapes of its layers before it was asked. `conformance/src/backend` proves the promises.

import type { GraphValue, TrainableCore } from './core-graph.js';
import type { FeatureAxes } from './feature-rows.js';
import type { Stimulus, StimulusInput } from './stimulus.js';
import type { Parse, PluginContext } from './plugin.js';

/** What people should know of a model before they trust a number made with it. */
export interface ModelCard {
  /** Unique within its backend, e.g. `resnet50`. */
  readonly id: string;
  readonly title: string;
  /** What it was trained to do. */
  readonly family:
    'task-optimised' | 'response-optimised' | 'contrastive' | 'language' | 'untrained' | 'other';
  readonly trainingData?: string;
  readonly source?: string;
  readonly licence?: string;
  readonly citation?: string;
  /** The preprocessing in words and numbers, as the methods paragraph prints it. */
  readonly preprocessing?: string;
}

export interface LayerInfo {
  /** The layer's address in the model, by the model's own name. */
  readonly name: string;
  /** Further names that it may be asked for by. */
  readonly aliases?: readonly string[];
  readonly axes: FeatureAxes;
  /** Sizes for one stimulus, in the order of {@link axes}. */
  readonly shape: readonly number[];
  /** Place in the order of computation, from 0; layer curves are drawn along it. */
  readonly depth: number;
}

export interface ExtractRequest {
  readonly stimuli: readonly Stimulus[];
  /** Names of layers; all are computed in one pass. */
  readonly layers: readonly string[];
  readonly signal?: AbortSignal;
}

/** Features of some consecutive stimuli of the request. Buffers belong to the receiver. */
export interface FeatureBatch {
  /** Position of the first stimulus of the batch in the request. */
  readonly start: number;
  readonly count: number;
  /** Per layer: [count, ...shape], C order, float32. */
  readonly layers: ReadonlyMap<string, Float32Array>;
}

export interface LoadedModel {
  readonly card: ModelCard;
  /** Hash over everything that determines features: bytes of the weights, preprocessing, version of the code. */
  readonly fingerprint: string;
  readonly needs: StimulusInput;
  /**
   * What is trained together with a readout, between a layer of this model and the readout. Absent: nothing. It holds nothing
   * that has to be freed, and may be used after the model was disposed of.
   */
  readonly core?: TrainableCore;
  /** Layers that can be tapped, in order of computation. May run the model once; core keeps the answer. */
  listLayers(): Promise<readonly LayerInfo[]>;
  /** Cheap check, before any work, that it can serve these stimuli; throws the error that extraction would throw. */
  checkStimuli?(stimuli: readonly Stimulus[]): Promise<void>;
  /** Streams batches in the order of the request; memory does not grow with the number of stimuli. */
  doExtract(request: ExtractRequest): AsyncIterable<FeatureBatch>;
  /**
   * The graph from an image file's pixels to a layer, for export; absent: the model cannot be written into a file.
   * @param image uint8 [height, width, 3], RGB, of any size.
   * @returns float32 [1, ...shape of the layer].
   */
  toGraph?(layer: string, image: GraphValue): Promise<GraphValue>;
  /** Frees everything; a second call does nothing; any later use throws `STRIATE_USED_AFTER_DISPOSE`. */
  dispose(): Promise<void>;
}

export interface Backend<Options = unknown> {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  /** What a model of this backend offers to an encoding model, see `core-graph.ts`. */
  readonly offers: readonly ('frozen-encoder' | 'trainable-core')[];
  /** Model names it knows without being told a file; may be empty. */
  listModels(): readonly ModelCard[];
  readonly parseOptions: Parse<Options>;
  /** Opens a model; heavy work waits until features or layers are asked for. */
  doLoad(model: string, options: Options, context: PluginContext): Promise<LoadedModel>;
}
