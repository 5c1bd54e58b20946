// A check knows one kind of case: what it needs, and how striate computes what the case expects.

import type { FloatArray } from '@striate/contracts';
import type { ReferenceArray, ReferenceCase } from './reference-case.js';

export type Precision = 'float64' | 'float32';

export const PRECISIONS = ['float64', 'float32'] as const satisfies readonly Precision[];

/** Largest relative error that passes. */
export const TOLERANCES: Readonly<Record<Precision, number>> = { float64: 1e-6, float32: 1e-4 };

export interface Check {
  /** Names of its cases begin so. */
  readonly prefix: string;
  /** Arrays that it computes from; a case that has them all is known by them, whatever its name. */
  readonly inputs: readonly string[];
  /** Arrays that it computes from where a case has them. */
  readonly optional?: readonly string[];
  /** Names of arrays that it can compute. */
  readonly outputs: RegExp;
  /** Precisions that the code under check has; both, if left out. */
  readonly precisions?: readonly Precision[];
  /** Largest relative error that passes, by output; {@link TOLERANCES}, if left out. */
  tolerance?(output: string): number;
  /** Share of an array's largest value below which errors are measured against that share; 0.01, if left out. */
  readonly floor?: number;
  /** Compute the outputs that the case has. */
  compute(given: ReferenceCase, precision: Precision): Promise<Readonly<Record<string, ArrayLike<number>>>>;
}

/** An array of the case as the code under check is given it: rounded to float32 for that precision. */
export function inputOf(
  given: ReferenceCase,
  name: string,
  precision: Precision,
): { readonly shape: readonly number[]; readonly data: FloatArray } {
  const { shape, data }: ReferenceArray = given.arrays.get(name)!;
  return { shape, data: precision === 'float32' ? Float32Array.from(data) : data };
}
