// Gradients of normalisations. With n = (x - mean) / sqrt(variance + epsilon) and y = scale n + bias:
//
//     d bias = sum g,  d scale = sum g n,  d n = scale g,
//     d x = d n / sqrt(variance + epsilon) where mean and variance are given; where they are x's own,
//     d x = (d n - mean(d n) - n mean(d n n)) / sqrt(variance + epsilon).
//
// Passes over memory decide the time. What is one number per channel is worked out first; a whole tensor is then
// scaled and shifted per channel by BatchNormalization itself, whose kernel does both in one pass.

import { gradientMissing } from '@striate/contracts';
import {
  Add,
  BatchNormalization,
  Mul,
  Neg,
  Reciprocal,
  ReduceMean,
  ReduceSum,
  Reshape,
  Sqrt,
  Sub,
} from '../../graph/operators/index.js';
import { countOf, normaliseAxes } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, sumTo, type Rule, type RuleContext, type Rules } from '../rule.js';

const times = (x: Value, number: number) => Mul(x, scalar(number, x));
const inverseOfRoot = (variance: Value, epsilon: number) =>
  Reciprocal(Sqrt(Add(variance, scalar(epsilon, variance))));

/**
 * What the rules for statistics that are given and for x's own have in common. sum g n is made of sum g x: it loses no
 * more digits than x has lost to a mean that is large beside its spread, and n need not be made.
 */
function batchNormalization(g: Value, inputs: readonly Value[], attributes: RuleContext['attributes']) {
  const [x, scale, , mean, variance] = inputs;
  const { epsilon = 1e-5 } = attributes as { epsilon?: number };
  const sum = (value: Value) => ReduceSum(value, { axes: [...x.shape.keys()].filter((axis) => axis !== 1) });
  const inverse = inverseOfRoot(variance, epsilon);
  const slope = Mul(scale, inverse);
  const toBias = sum(g);
  const toScale = Mul(inverse, Sub(sum(Mul(g, x)), Mul(mean, toBias)));
  const direct = Mul(g, Reshape(slope, [-1, ...x.shape.slice(2).map(() => 1)]));
  return { inverse, slope, toBias, toScale, direct };
}

const byGiven: Rule = ruleOfOne((g, inputs, _, attributes) => {
  if (attributes.training_mode === 1)
    throw gradientMissing({ operator: 'BatchNormalization', reason: "ONNX's training mode" });
  const { inverse, slope, toScale, toBias, direct } = batchNormalization(g, inputs, attributes);
  const toVariance = times(Mul(Mul(slope, inverse), toScale), -0.5);
  return [direct, toScale, toBias, Neg(Mul(slope, toBias)), toVariance];
});

/** Where mean and variance are x's own. Nothing goes through them: what it would be is part of x's gradient. */
export const ruleByOwnStatistics: Rule = ruleOfOne((g, inputs, _, attributes) => {
  const [x, , , mean, variance] = inputs;
  const { slope, toScale, toBias, direct } = batchNormalization(g, inputs, attributes);
  const share = times(slope, countOf('BatchNormalization', mean) / countOf('BatchNormalization', x));
  const means = { scale: Mul(share, toScale), bias: Mul(share, toBias), mean, variance };
  return [Sub(direct, BatchNormalization(x, means, attributes)), toScale, toBias];
});

const layerNormalization: Rule = ruleOfOne((g, [x, scale, bias], _, attributes) => {
  const { axis = -1, epsilon = 1e-5 } = attributes as Record<string, number | undefined>;
  const [from] = normaliseAxes('LayerNormalization', x, [axis]);
  const mean = (value: Value) => ReduceMean(value, { axes: [...x.shape.keys()].slice(from), keepdims: true });
  const centred = Sub(x, mean(x));
  const inverse = inverseOfRoot(mean(Mul(centred, centred)), epsilon);
  const normalised = Mul(centred, inverse);
  const inner = Mul(g, scale);
  const rest = Add(mean(inner), Mul(normalised, mean(Mul(inner, normalised))));
  return [Mul(inverse, Sub(inner, rest)), sumTo(Mul(g, normalised), scale), bias && sumTo(g, bias)];
});

export const normalisationRules: Rules = {
  BatchNormalization: byGiven,
  LayerNormalization: layerNormalization,
};
