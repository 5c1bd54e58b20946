// What a plan is made from: plain facts about the comparison, gathered by `comparison/open.ts`. Two comparisons with
// equal descriptions have equal results.

import type { FitSize, LayerInfo, TrainableCore } from '@striate/contracts';
import type { Fold } from './split.js';

/** Something of a plugin with its checked options. */
export interface DescribedPart {
  readonly name: string;
  readonly id: string;
  readonly version: number;
  readonly options: unknown;
}

export interface DescribedModel {
  readonly name: string;
  readonly fingerprint: string;
  /** One key per stimulus: the hash of what the model looks at. */
  readonly rowKeys: readonly string[];
  readonly layers: readonly LayerInfo[];
  /** What is trained together with each readout, in front of it. */
  readonly core?: Pick<TrainableCore, 'fingerprint' | 'description' | 'measure'>;
  /** For a union: the layers that its one layer is made of. */
  readonly spaces?: readonly DescribedSpace[];
}

/** A layer of another model as one feature space of a union. */
export interface DescribedSpace {
  readonly name: string;
  readonly model: DescribedModel;
  readonly layer: LayerInfo;
}

export interface DescribedReadout extends DescribedPart {
  readonly isVoxelIndependent: boolean;
  /** Whether it can be trained together with a core. */
  readonly trainsCores: boolean;
  /** Whether its fits depend on where voxels lie. */
  readonly wantsCoordinates: boolean;
  /** The model, at its one layer, that describes images to the readout. */
  readonly locator: DescribedModel | undefined;
  readonly estimateMemory: (size: FitSize) => number;
  readonly estimateWork: (size: FitSize) => number;
}

export interface DescribedScorer extends DescribedPart {
  readonly kind: 'prediction' | 'geometry';
}

export interface DescribedSubject {
  readonly subject: string;
  readonly responsesFingerprint: string;
  /** Positions of the stimuli that the subject saw. */
  readonly seen: readonly number[];
  /** Ids of the voxels of the chosen regions. */
  readonly voxelIds: readonly string[];
  /** [voxel, 3], in mm; absent: the dataset does not say it for every voxel. */
  readonly coordinates?: Float64Array;
  /** Region → positions in {@link voxelIds}. */
  readonly regions: ReadonlyMap<string, readonly number[]>;
}

export interface ComparisonDescription {
  readonly seed: number;
  readonly stimulusIds: readonly string[];
  readonly folds: readonly Fold[];
  readonly foldScores: 'pooled' | 'per-fold';
  readonly models: readonly DescribedModel[];
  readonly readouts: readonly DescribedReadout[];
  readonly scorers: readonly DescribedScorer[];
  readonly ceiling: DescribedPart | undefined;
  readonly subjects: readonly DescribedSubject[];
  readonly regions: readonly string[];
  /** Region → hash of its RDMs, for a dataset that has them instead of responses. */
  readonly rdms: ReadonlyMap<string, string>;
}
