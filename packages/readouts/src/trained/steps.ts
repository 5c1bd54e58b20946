// How the batches of one update are learnt from: side by side in one step, or in a step each.

import type { TrainingOptions } from './training-options.js';

export interface Steps {
  /** Stimuli of a batch. */
  readonly batchSize: number;
  /** Batches side by side in a step. */
  readonly nBatches: number;
  /** Steps whose gradients are summed for an update. */
  readonly nSteps: number;
}

/** A value between inputs and loss, its gradient, and as much again on the way. */
const BYTES_PER_ACTIVATION = 3 * 4;

/** Side by side is faster, since gradients of all weights are then made once for an update, as long as what is between fits. */
const MOST_BYTES = 1e9;

/** Bytes between the inputs and the loss of so many stimuli. */
export function bytesBetween(nStimuli: number, nActivations: number): number {
  return nStimuli * nActivations * BYTES_PER_ACTIVATION;
}

/**
 * Plan the steps of an update.
 *
 * @param nStimuli     To train on.
 * @param nActivations Of one stimulus.
 * @param hasCore      A core's statistics are those of a batch: behind one, each batch is a step.
 */
export function planSteps(
  options: Pick<TrainingOptions, 'batchSize' | 'accumulate'>,
  {
    nStimuli,
    nActivations,
    hasCore,
  }: { readonly nStimuli: number; readonly nActivations: number; readonly hasCore: boolean },
): Steps {
  const batchSize = Math.min(options.batchSize, nStimuli);
  const accumulate = Math.min(options.accumulate, Math.floor(nStimuli / batchSize));
  const isJoint = !hasCore && bytesBetween(accumulate * batchSize, nActivations) <= MOST_BYTES;
  return isJoint
    ? { batchSize, nBatches: accumulate, nSteps: 1 }
    : { batchSize, nBatches: 1, nSteps: accumulate };
}
