// Operators that bring values to mean 0 and variance 1, then scale and shift them.

import { applyOne, operator, type Operator } from '../operator.js';
import { normaliseAxes, refuse, sameShape } from '../shape.js';
import type { Value } from '../value.js';

const batchNormalization = operator(
  'BatchNormalization',
  (inputs, { training_mode = 0 }) => {
    const [x, ...perChannel] = inputs as readonly Value[];
    if (x.shape.length < 2) refuse('BatchNormalization', inputs, 'axis 1 has to hold channels');
    for (const value of perChannel) {
      if (value.dtype !== x.dtype) refuse('BatchNormalization', inputs, 'the types of the elements differ');
      if (!sameShape(value.shape, [x.shape[1]]))
        refuse('BatchNormalization', inputs, `each of ${x.shape[1]} channels needs one number`);
    }
    const y = { dtype: x.dtype, shape: x.shape };
    const statistic = { dtype: x.dtype, shape: [x.shape[1]] };
    return training_mode === 1 ? [y, statistic, statistic] : [y];
  },
  { epsilon: 'float', momentum: 'float', training_mode: 'int' },
);

const layerNormalization = operator(
  'LayerNormalization',
  (inputs, { axis = -1 }) => {
    const [x, ...others] = inputs;
    const [from] = normaliseAxes('LayerNormalization', x!, [axis as number]);
    const normalised = x!.shape.slice(from);
    for (const value of others) {
      if (value && (value.dtype !== x!.dtype || !sameShape(value.shape, normalised)))
        refuse(
          'LayerNormalization',
          inputs,
          `scale and bias have to be ${x!.dtype}[${normalised.join(', ')}]`,
        );
    }
    return [{ dtype: x!.dtype, shape: x!.shape }];
  },
  { axis: 'int', epsilon: 'float', stash_type: 'int' },
);

export const normalisationOperators: readonly Operator[] = [batchNormalization, layerNormalization];

/** One number per channel each: [channel]. */
export interface ChannelStatistics {
  readonly scale: Value;
  readonly bias: Value;
  readonly mean: Value;
  readonly variance: Value;
}

export interface EpsilonOption {
  /** Added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
}

/** scale (x - mean) / sqrt(variance + epsilon) + bias, per channel (axis 1), by statistics that are given. */
export const BatchNormalization = (
  x: Value,
  { scale, bias, mean, variance }: ChannelStatistics,
  { epsilon }: EpsilonOption = {},
) => applyOne(batchNormalization, [x, scale, bias, mean, variance], { epsilon });

export interface LayerNormalizationOptions extends EpsilonOption {
  /** First of the axes that are normalised together, up to the last. Default: the last. */
  readonly axis?: number;
}

/** scale (x - mean) / sqrt(variance + epsilon) + bias, mean and variance being those over the axes from `axis` on. */
export const LayerNormalization = (
  x: Value,
  { scale, bias }: { readonly scale: Value; readonly bias?: Value },
  { axis, epsilon }: LayerNormalizationOptions = {},
) => applyOne(layerNormalization, [x, scale, bias], { axis, epsilon });
