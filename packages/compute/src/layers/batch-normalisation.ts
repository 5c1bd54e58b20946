// Batch normalisation with its running statistics, as a layer of a trained graph.

import { Add, BatchNormalization, Mul, Reshape } from '../graph/operators/index.js';
import { countOf, refuse, staticShape } from '../graph/shape.js';
import { scalar, type Parameter, type Value } from '../graph/value.js';
import { normaliseBatch } from './normalise-batch.js';

/** One number per field each: [field]. The statistics are moved by the forward pass, never by an optimiser. */
export interface BatchNormalisationParts {
  readonly scale: Value;
  readonly bias: Value;
  readonly mean: Parameter;
  readonly variance: Parameter;
}

export interface BatchNormalisationOptions {
  /** `training`: by the batch's statistics, which the running ones follow; `evaluation`: by the running ones. */
  readonly mode: 'training' | 'evaluation';
  /** Share of the batch's statistics in the next running ones. Default: 0.1. */
  readonly momentum?: number;
  /** Added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
}

export interface BatchNormalised {
  /** Of x's shape. */
  readonly y: Value;
  /** Where the running statistics move to, for `TrainingProblem.running`; empty in evaluation. */
  readonly running: ReadonlyMap<Parameter, Value>;
}

/**
 * Normalise each field of channels over batch, space and the channels of the field:
 *
 *     y = scale (x - mean) / sqrt(variance + epsilon) + bias
 *     running = (1 - momentum) running + momentum (mean, n / (n - 1) variance)
 *
 * @param x     [batch, channel, ...space]; the channels of a field stand side by side.
 * @param parts As many numbers as there are fields: one per channel for ordinary batch normalisation, one per eight
 *   channels for the regular fields of C8, which have to share them to stay equivariant.
 * @throws {UsageError} `STRIATE_GRAPH_MALFORMED` if the fields do not divide the channels, or if training is to make
 *   the variance of a single number.
 * @source Ioffe & Szegedy 2015, arXiv 1502.03167; running statistics as PyTorch keeps them.
 */
export function batchNormalisation(
  x: Value,
  parts: BatchNormalisationParts,
  { mode, momentum = 0.1, epsilon }: BatchNormalisationOptions,
): BatchNormalised {
  const fields = joinFields(x, parts.scale);
  const inner = staticShape('batchNormalisation', { dtype: x.dtype, shape: x.shape.slice(1) });
  const restored = (y: Value) => (fields === x ? y : Reshape(y, [0, ...inner]));
  if (mode === 'evaluation')
    return { y: restored(BatchNormalization(fields, parts, { epsilon })), running: new Map() };
  const n = countOf('batchNormalisation', x) / countOf('batchNormalisation', parts.scale);
  if (n < 2) refuse('batchNormalisation', [x, parts.scale], 'one number per field has no variance');
  const { y, mean, variance } = normaliseBatch(fields, parts, { epsilon });
  const follow = (running: Value, batch: Value, share: number) =>
    Add(Mul(running, scalar(1 - momentum, running)), Mul(batch, scalar(share, batch)));
  const running = new Map([
    [parts.mean, follow(parts.mean, mean, momentum)],
    [parts.variance, follow(parts.variance, variance, (momentum * n) / (n - 1))],
  ]);
  return { y: restored(y), running };
}

/** Channels and space of a field as one axis: its numbers lie side by side as they are. */
function joinFields(x: Value, scale: Value): Value {
  const [channels, nFields] = [Number(x.shape[1]), Number(scale.shape[0])];
  if (channels === nFields) return x;
  if (channels % nFields !== 0)
    refuse('batchNormalisation', [x, scale], 'the fields do not divide the channels');
  return Reshape(x, [0, nFields, -1]);
}
