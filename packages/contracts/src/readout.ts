// A readout learns the map from features to responses. It sees training stimuli only, never a test response.
//
// It promises: the same data, options and seed give the same bits; a voxel's result does not depend on the other
// voxels unless it says so (`isVoxelIndependent: false`). `conformance/src/readout` proves the promises.

import type { CoreSize, GraphValue, TrainableCore } from './core-graph.js';
import type { FeatureRows } from './feature-rows.js';
import type { LabelledArray, StimulusByVoxel } from './labelled-array.js';
import type { Parse } from './plugin.js';
import type { MeanResponses } from './responses.js';
import type { PredictionParts } from './scorer.js';
import type { Warning } from './warning.js';

export interface ReadoutInputs {
  readonly features: FeatureRows;
  /** A second input: a descriptor of the image from another backend (the locator), same stimuli, same order. */
  readonly descriptor?: FeatureRows;
}

export interface FitRequest {
  readonly inputs: ReadoutInputs;
  /** Same stimuli as the inputs, in the same order. */
  readonly responses: MeanResponses;
  /** For readouts that stop by validation; absent: they take a part of the training data, by seed. */
  readonly validation?: { readonly inputs: ReadoutInputs; readonly responses: MeanResponses };
  /** [voxel, 3], where each voxel lies in the brain, in mm; absent: not known. */
  readonly coordinates?: Float64Array;
  /** What is trained together with the readout, in front of it; it reads the features. Only for readouts that train cores. */
  readonly core?: TrainableCore;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** What was learnt, as arrays and plain values: enough to predict again. */
export interface ReadoutState {
  readonly arrays: Readonly<Record<string, LabelledArray>>;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface FittedReadout {
  /** One number per voxel and name, e.g. `alpha`; NaN where it is undefined. */
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  /** Number of fitted parameters, all voxels together. */
  readonly nParameters: number;
  readonly warnings: readonly Warning[];
  /** @returns [stimulus, voxel], same unit as the responses; NaN for a voxel that could not be fitted. */
  doPredict(inputs: ReadoutInputs, signal?: AbortSignal): Promise<StimulusByVoxel>;
  /**
   * For a readout whose prediction is a sum over feature spaces: the part of each space, by its name, [stimulus, voxel].
   * The parts add up to the prediction, but for a constant of each voxel.
   */
  doPredictParts?(inputs: ReadoutInputs, signal?: AbortSignal): Promise<PredictionParts>;
  toState(): Promise<ReadoutState>;
  /**
   * The graph from features to predictions with the weights inside, for export; absent: it cannot be written into a file.
   * @param inputs float32 [1, ...shape of a row] each.
   * @returns float32 [1, voxel], same unit as the responses.
   */
  toGraph?(inputs: { readonly features: GraphValue; readonly descriptor?: GraphValue }): Promise<GraphValue>;
}

/** How large a fit is, known before anything is read. */
export interface FitSize {
  readonly nStimuli: number;
  /** Sizes of the features of one stimulus, and their product. */
  readonly rowShape: readonly number[];
  readonly rowLength: number;
  /** Number of feature spaces, where there are several. */
  readonly nBands?: number;
  readonly nVoxels: number;
  /** Of the core in front of the readout, if there is one. */
  readonly core?: CoreSize;
}

export interface Readout<Options = unknown> {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  /** Changes when results change; part of the name of every artefact. */
  readonly version: number;
  /** True: all voxels of a subject may be fitted in one call, whatever their regions. */
  readonly isVoxelIndependent: boolean;
  readonly wantsDescriptor?: boolean;
  /** Whether it can be trained together with a core in front of it. Absent: no. */
  readonly trainsCores?: boolean;
  /** Whether a fit with these options reads where voxels lie. Absent: never. */
  wantsCoordinates?(options: Options): boolean;
  /** Rows it can read: any (flattened), or maps [channel, height, width] only. */
  readonly accepts: 'any' | 'maps';
  readonly parseOptions: Parse<Options>;
  /** Bytes of working memory that a fit takes at most, for the pre-flight. */
  estimateMemory(size: FitSize, options: Options): number;
  /** Arithmetic that a fit and its predictions take, in floating-point operations, for the pre-flight. */
  estimateWork(size: FitSize, options: Options): number;
  doFit(request: FitRequest, options: Options): Promise<FittedReadout>;
  /** The choices made, in words, for the methods paragraph. */
  describe(options: Options): string;
  /** @param core The one that the state was fitted with, if any. */
  fromState(state: ReadoutState, core?: TrainableCore): FittedReadout;
}
