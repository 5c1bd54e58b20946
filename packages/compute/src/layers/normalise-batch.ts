// Normalisation of a batch by its own statistics.

import { ruleByOwnStatistics } from '../gradient/rules/normalisation.js';
import { applyOne, type Operator } from '../graph/operator.js';
import {
  Mul,
  OPERATORS,
  ReduceMean,
  Reshape,
  Sub,
  type ChannelStatistics,
  type EpsilonOption,
} from '../graph/operators/index.js';
import type { Value } from '../graph/value.js';

/** The same node where mean and variance are x's own: its rule gives x their share of the gradient at once. */
const batchNormalizationByOwn: Operator = {
  ...OPERATORS.get('BatchNormalization')!,
  rule: ruleByOwnStatistics,
};

/**
 * Normalise each channel (axis 1) by its own mean and variance (over n).
 *
 * @returns y, and mean and variance: [channel].
 * @remarks Stands for ONNX's training mode, which ONNX Runtime has for the CPU only, and where it writes the new
 *   statistics over the tensors that hold the old ones.
 */
export function normaliseBatch(
  x: Value,
  { scale, bias }: Pick<ChannelStatistics, 'scale' | 'bias'>,
  { epsilon }: EpsilonOption = {},
): { readonly y: Value; readonly mean: Value; readonly variance: Value } {
  const axes = [...x.shape.keys()].filter((axis) => axis !== 1);
  const mean = ReduceMean(x, { axes });
  const centred = Sub(x, Reshape(mean, [-1, ...axes.slice(1).map(() => 1)]));
  const variance = ReduceMean(Mul(centred, centred), { axes });
  const y = applyOne(batchNormalizationByOwn, [x, scale, bias, mean, variance], { epsilon });
  return { y, mean, variance };
}
