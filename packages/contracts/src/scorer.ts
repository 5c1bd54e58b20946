// Scorers. A prediction scorer compares predictions with responses, voxel by voxel. A geometry scorer compares how
// features and responses arrange the same stimuli (RSA, CKA): no readout stands between.
// Undefined scores are NaN and counted; nothing is clipped. `conformance/src/scorer` proves it.

import type { FeatureRows } from './feature-rows.js';
import type { LabelledArray, StimulusByVoxel } from './labelled-array.js';
import type { Parse } from './plugin.js';
import type { Observed } from './responses.js';

export interface ScorerBase<Options> {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  /** Changes when scores change. */
  readonly version: number;
  readonly range: readonly [lowest: number, highest: number];
  readonly parseOptions: Parse<Options>;
  /** The formula and every choice, in words, for the methods paragraph. */
  describe(options: Options): string;
}

export interface PredictionScores {
  /** One per voxel; NaN where undefined. */
  readonly values: Float64Array;
  /** Stimuli that each voxel's score rests on. */
  readonly n: Uint32Array;
  readonly nUndefined: number;
}

export interface ScoredPredictions {
  readonly predictions: StimulusByVoxel;
  readonly responses: StimulusByVoxel;
  readonly observed?: Observed;
}

/** Parts that add up to the predictions but for a constant of each voxel, e.g. of feature spaces; by name. */
export type PredictionParts = Readonly<Record<string, StimulusByVoxel>>;

export interface PredictionScorer<Options = unknown> extends ScorerBase<Options> {
  readonly kind: 'prediction';
  doScore(data: ScoredPredictions, options: Options): Promise<PredictionScores>;
  /**
   * How much of the score each part earns, one number per voxel. Together they make the score when the constant is the mean
   * of the responses. Absent: the score cannot be divided.
   */
  doSplit?(
    data: ScoredPredictions & { readonly parts: PredictionParts },
    options: Options,
  ): Promise<Readonly<Record<string, Float64Array>>>;
}

/** How one subject's region arranges the stimuli: its RDM, or the responses that make one. */
export interface GeometryTarget {
  readonly subject: string;
  /** [condition, condition], symmetric, zero diagonal. */
  readonly rdm?: LabelledArray<readonly ['condition', 'condition']>;
  readonly responses?: StimulusByVoxel;
}

export interface GeometryCeiling {
  readonly method: string;
  readonly lower: number;
  readonly upper: number;
}

export interface GeometryScorer<Options = unknown> extends ScorerBase<Options> {
  readonly kind: 'geometry';
  /** One score per target, NaN where undefined. */
  doScore(
    data: { readonly features: FeatureRows; readonly targets: readonly GeometryTarget[] },
    options: Options,
  ): Promise<Float64Array>;
  /** What the best possible model would reach, given how subjects differ; NaN bounds for a single subject. */
  doEstimateCeiling(targets: readonly GeometryTarget[], options: Options): Promise<GeometryCeiling>;
}

/** A named way from a voxel's correlation and its ceiling to the number that is reported. */
export interface Convention {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  /** In words: per-voxel formula, which voxels, how they are put together, what is clamped. */
  readonly formula: string;
  readonly source: string;
  /** Id of the scorer whose values it takes. */
  readonly scorer: string;
  readonly needsCeiling: boolean;
  apply(data: { readonly scores: Float64Array; readonly ceiling?: CeilingValues }): NormalisedScores;
}

/** Per voxel. `correlation` = largest attainable correlation; `variance` = explainable share of variance. */
export interface CeilingValues {
  readonly correlation: Float64Array;
  readonly variance: Float64Array;
}

export interface NormalisedScores {
  /** Per voxel; NaN where undefined or left out. */
  readonly values: Float64Array;
  /** The one number of the region. */
  readonly aggregate: number;
  /** Voxels that the aggregate rests on. */
  readonly nVoxels: number;
}
