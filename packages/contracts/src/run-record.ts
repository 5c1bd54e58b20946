// The JSON that a run leaves behind: the only input of the report. Same plan and seed, same bytes; what differs from
// run to run (times, machine) stands apart, in `run.json`.
// Undefined numbers are `null` in summaries; per-voxel arrays keep NaN, in base64.

import type { ModelCard } from './backend.js';
import type { RecordingKind } from './recording-kind.js';
import type { Warning } from './warning.js';

export const RECORD_VERSION = 1;

/** Float64 values, little-endian, base64: exact, NaN included. */
export interface EncodedFloats {
  readonly encoding: 'base64-float64le';
  readonly length: number;
  readonly data: string;
}

/** Summary of per-voxel values; undefined ones are left out and counted. */
export interface Summary {
  readonly n: number;
  readonly nUndefined: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** Standard error of the mean over voxels. */
  readonly sem: number | null;
  readonly quartiles: readonly [number, number] | null;
}

export interface ConventionResult {
  readonly convention: string;
  readonly aggregate: number | null;
  readonly nVoxels: number;
}

export interface RecordedModel {
  /** `backend:model` as the user wrote it, or the name that the configuration gives it. Unique. */
  readonly name: string;
  readonly backend: string;
  readonly card: ModelCard;
  readonly fingerprint: string;
  /** What was trained together with each readout, between the layers and the readout; absent: nothing. */
  readonly core?: string;
  readonly layers: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly depth: number;
  }[];
}

/** Scores of one model, layer, readout, subject and scorer: all regions' voxels. */
export interface PredictionCell {
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly subject: string;
  readonly scorer: string;
  /** One value per voxel of the subject that the run includes, in the order of {@link RecordedSubject.voxelIds}. */
  readonly values: EncodedFloats;
  /** How much of it each feature space earns, where the readout and the scorer can tell; one value per voxel each. */
  readonly parts?: Readonly<Record<string, EncodedFloats>>;
  /** Stimuli that each voxel's score rests on: smallest and largest. */
  readonly nStimuli: readonly [number, number];
  readonly regions: readonly {
    readonly region: string;
    readonly summary: Summary;
    readonly conventions: readonly ConventionResult[];
  }[];
}

/** Scores of a geometry scorer: one per subject. */
export interface GeometryCell {
  readonly model: string;
  readonly layer: string;
  readonly scorer: string;
  readonly region: string;
  readonly subjects: readonly string[];
  readonly values: EncodedFloats;
  readonly summary: Summary;
}

export interface RecordedSubject {
  readonly subject: string;
  readonly voxelIds: readonly string[];
  /** Region → positions in {@link voxelIds}. */
  readonly regions: Readonly<Record<string, readonly number[]>>;
  readonly ceiling?: {
    readonly method: string;
    readonly correlation: EncodedFloats;
    readonly variance: EncodedFloats;
    readonly nUndefined: number;
  };
}

export interface FitRecord {
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly subject: string;
  readonly nParameters: number;
  /** Per voxel, mean over folds (geometric for `alpha`), e.g. `alpha`. */
  readonly perVoxel: Readonly<Record<string, EncodedFloats>>;
  readonly warnings: readonly Warning[];
}

export interface RunRecord {
  readonly recordVersion: typeof RECORD_VERSION;
  readonly striateVersion: string;
  readonly name: string;
  /** Hash of the plan: runs with the same one have the same numbers. */
  readonly planKey: string;
  readonly seed: number;
  /** The configuration with every default filled in. */
  readonly configuration: unknown;
  readonly dataset: {
    readonly name: string;
    readonly recordingKind: RecordingKind;
    readonly citation?: string;
    readonly nStimuli: number;
    readonly unit?: string;
  };
  readonly split: { readonly kind: string; readonly description: string; readonly nFolds: number } | null;
  readonly regions: readonly string[];
  readonly subjects: readonly RecordedSubject[];
  readonly models: readonly RecordedModel[];
  readonly readouts: readonly {
    readonly name: string;
    readonly id: string;
    readonly description: string;
    readonly options: unknown;
  }[];
  readonly scorers: readonly {
    readonly name: string;
    readonly id: string;
    readonly kind: 'prediction' | 'geometry';
    readonly title: string;
    readonly description: string;
    readonly range: readonly [number | null, number | null];
    readonly options: unknown;
  }[];
  readonly ceiling: { readonly id: string; readonly description: string; readonly options: unknown } | null;
  /** Conventions with their formulas; the first is the one that the user chose to show. */
  readonly conventions: readonly {
    readonly id: string;
    readonly title: string;
    readonly formula: string;
    readonly source: string;
  }[];
  readonly fits: readonly FitRecord[];
  readonly predictions: readonly PredictionCell[];
  readonly geometry: readonly GeometryCell[];
  readonly geometryCeilings: readonly {
    readonly scorer: string;
    readonly region: string;
    readonly method: string;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  readonly warnings: readonly Warning[];
}

/** Encode per-voxel values for the record. */
export function encodeFloats(values: Float64Array): EncodedFloats {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return { encoding: 'base64-float64le', length: values.length, data: toBase64(bytes) };
}

/** Decode per-voxel values of a record. */
export function decodeFloats({ data, length }: EncodedFloats): Float64Array {
  // Plain loops: a record has millions of values, and `from` with a function takes thirty times as long.
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = view.getFloat64(i * 8, true);
  return values;
}

function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  }
  return btoa(pieces.join(''));
}
