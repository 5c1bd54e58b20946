import type { GeometryScorer } from '@striate/contracts';
import type { SubjectWithOptions } from '../options/options-laws.js';

/** A geometry scorer with options. The kit makes the data. */
export interface GeometryScorerSubject extends SubjectWithOptions {
  readonly scorer: GeometryScorer;
  /** What a target may bring; default both. */
  readonly accepts?: readonly TargetKind[];
}

export type TargetKind = 'responses' | 'rdm';

/** Rounding: features are read as float32. */
export const ROUNDING = 1e-6;

export function kindsOf({ accepts = ['responses', 'rdm'] }: GeometryScorerSubject): readonly TargetKind[] {
  return accepts;
}
