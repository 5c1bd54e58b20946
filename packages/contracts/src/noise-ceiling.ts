// The best score that the data permit, estimated from repetitions. Always with the name of its method.

import type { CeilingValues } from './scorer.js';
import type { Parse } from './plugin.js';
import type { RepeatedResponses } from './responses.js';

export interface CeilingEstimate extends CeilingValues {
  readonly method: string;
  /** Repetitions that the ceiling is for (averages over so many); the harmonic mean where it varies. */
  readonly nRepetitions: Float64Array;
  /** Further numbers per voxel, e.g. `ncsnr`. */
  readonly perVoxel: Readonly<Record<string, Float64Array>>;
  readonly nUndefined: number;
}

export interface NoiseCeiling<Options = unknown> {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly parseOptions: Parse<Options>;
  describe(options: Options): string;
  /**
   * @throws {DataError} `STRIATE_TOO_FEW_REPETITIONS`.
   */
  doEstimate(responses: RepeatedResponses, options: Options, seed: number): Promise<CeilingEstimate>;
}
