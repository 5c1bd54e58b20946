// Stimuli to learn from: features and responses of the same rows, read batch by batch.

import { rowLength, tooFewStimuli, type FeatureRows } from '@striate/contracts';
import type { FitRequest, MeanResponses, ReadoutInputs } from '@striate/contracts';
import { requireFiniteRows } from '../features/require-finite.js';
import { shuffled } from './shuffle.js';

export interface Samples {
  readonly inputs: ReadoutInputs;
  readonly responses: MeanResponses;
  /** Rows of inputs and responses, each stimulus once. */
  readonly rows: Int32Array;
}

/**
 * The stimuli to train on and those to validate on.
 *
 * @param share Part of the training stimuli, drawn by seed, that validates where the request has no validation part.
 * @throws {DataError} `STRIATE_TOO_FEW_STIMULI` if either has fewer than two.
 */
export function splitSamples(
  { inputs, responses, validation, seed }: FitRequest,
  { readout, share }: { readonly readout: string; readonly share: number },
): { training: Samples; validating: Samples } {
  const n = responses.stimulusIds.length;
  if (validation) {
    const others = { inputs: validation.inputs, responses: validation.responses };
    requireTwo(readout, n, validation.responses.stimulusIds.length);
    return {
      training: { inputs, responses, rows: everyRow(n) },
      validating: { ...others, rows: everyRow(others.responses.stimulusIds.length) },
    };
  }
  const nValidating = Math.max(2, Math.round(share * n));
  requireTwo(readout, n - nValidating, nValidating);
  const order = shuffled(n, seed);
  return {
    training: { inputs, responses, rows: order.subarray(nValidating).toSorted() },
    validating: { inputs, responses, rows: order.subarray(0, nValidating).toSorted() },
  };
}

function everyRow(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}

function requireTwo(readout: string, nTraining: number, nValidating: number): void {
  if (nTraining >= 2 && nValidating >= 2) return;
  const why = 'two at least to train on, and two at least to validate on';
  throw tooFewStimuli({ readout, needed: 4, given: Math.max(0, nTraining) + nValidating, why });
}

/**
 * Read rows of features into a buffer.
 *
 * @param into At least rows x length; what is left over is set to zero.
 * @throws {DataError} `STRIATE_NON_FINITE`, naming the stimulus.
 */
export async function readFinite(
  features: FeatureRows,
  rows: Int32Array,
  into: Float32Array,
): Promise<Float32Array> {
  const length = rowLength(features);
  const part = into.subarray(0, rows.length * length);
  await features.readRows(rows, part);
  into.fill(0, part.length);
  requireFiniteRows(part, features, rows, 'a trained readout');
  return into;
}
