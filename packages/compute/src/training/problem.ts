// What a training step is made from.

import type { Parameter, Value } from '../graph/index.js';
import type { SessionOptions } from '../session/session.js';
import type { Optimiser } from './optimiser.js';

/** What is to be learnt. Parameters that the loss reads and that are named nowhere here are frozen. */
export interface TrainingProblem {
  /** A scalar. */
  readonly loss: Value;
  /** What the optimiser moves. */
  readonly parameters: readonly Parameter[];
  /** What the forward pass itself moves (running statistics), and where to. */
  readonly running?: ReadonlyMap<Parameter, Value>;
  /** Where a parameter is brought back to after each update: masks that may not be negative. */
  readonly projections?: ReadonlyMap<Parameter, (value: Value) => Value>;
}

export interface StepOptions extends SessionOptions {
  readonly optimiser: Optimiser;
  /** Batches whose gradients make one update. Default: 1. */
  readonly accumulate?: number;
  /** How gradients of batches are put together. Default: mean. */
  readonly accumulation?: 'mean' | 'sum';
  /** The gradient of all parameters together is scaled down to this Euclidean norm, at most. */
  readonly clipNorm?: number;
}
