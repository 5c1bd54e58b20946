import type { GeometryScorer } from '@striate/contracts';
import type { Subject } from '../law/law.js';

/** A geometry scorer with options. The kit makes the data. */
export interface GeometryScorerSubject extends Subject {
  readonly scorer: GeometryScorer;
  readonly options: unknown;
  /** What a target may bring; default both. */
  readonly accepts?: readonly TargetKind[];
}

export type TargetKind = 'responses' | 'rdm';

/** Rounding: features are read as float32. */
export const ROUNDING = 1e-6;

export function kindsOf({ accepts = ['responses', 'rdm'] }: GeometryScorerSubject): readonly TargetKind[] {
  return accepts;
}
