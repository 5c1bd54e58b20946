// A dataset: stimuli, and what they evoked. Joins are by id, never by order.
//
// It promises: ids are unique; a second opening gives the same; the fingerprint changes when any byte that matters
// does; what was not measured is masked. `conformance/src/dataset` proves it.

import type { LabelledArray } from './labelled-array.js';
import type { Parse, PluginContext } from './plugin.js';
import type { RecordingKind } from './recording-kind.js';
import type { RepeatedResponses } from './responses.js';
import type { Stimulus } from './stimulus.js';

/** One row of the table of voxels. */
export interface Voxel {
  /** Unique within the subject. */
  readonly id: string;
  readonly subject: string;
  /** A voxel may belong to several regions, or to none. */
  readonly regions: readonly string[];
  /** Scanner or surface coordinates, in mm, if there are any. */
  readonly coordinates?: readonly [x: number, y: number, z: number];
}

/** Ids of stimuli; the sets are disjoint. */
export interface Split {
  readonly train: readonly string[];
  readonly validation?: readonly string[];
  readonly test: readonly string[];
}

/** RDMs measured or computed elsewhere: [subject, condition, condition], conditions are stimuli. */
export interface RegionRdms {
  readonly region: string;
  readonly subjects: readonly string[];
  readonly stimulusIds: readonly string[];
  readonly values: LabelledArray<readonly ['subject', 'condition', 'condition']>;
}

export interface OpenDataset {
  readonly name: string;
  /** What was recorded, so that reports use the right word. */
  readonly recordingKind: RecordingKind;
  readonly citation?: string;
  readonly stimuli: readonly Stimulus[];
  readonly subjects: readonly string[];
  /** Empty for a dataset that has RDMs only. */
  readonly voxels: readonly Voxel[];
  /** All regions, in the order in which they are shown. */
  readonly regions: readonly string[];
  /** The split that the dataset comes with, if it has one. */
  readonly split?: Split;
  /** Ids of the stimuli that a subject has responses to, in the order of its responses. */
  stimuliSeen(subject: string): Promise<readonly string[]>;
  /** Hash of everything that {@link loadResponses} of a subject returns. */
  responsesFingerprint(subject: string): string;
  /** All voxels of a subject, in the order of {@link voxels}. Loaded when asked for. */
  loadResponses(subject: string): Promise<RepeatedResponses>;
  /** Hash of the RDMs of a region. */
  rdmsFingerprint?(region: string): string;
  loadRdms?(region: string): Promise<RegionRdms>;
}

export interface Dataset<Options = unknown> {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  readonly parseOptions: Parse<Options>;
  doOpen(options: Options, context: PluginContext): Promise<OpenDataset>;
}
