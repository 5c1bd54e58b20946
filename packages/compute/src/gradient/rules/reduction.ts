// Gradients of reductions: what was one number goes back to all it was made of.

import {
  Cast,
  Div,
  Equal,
  Exp,
  Expand,
  Mul,
  Neg,
  ReduceProd,
  ReduceSum,
  Reshape,
  Sign,
  Sub,
  Where,
} from '../../graph/operators/index.js';
import { normaliseAxes, readIntegers, staticShape } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, type Rule, type Rules } from '../rule.js';

/** The reduced value with its axes back as size 1, so that it broadcasts against the input. */
function unreduced(reduced: Value, x: Value, axes: Value | undefined): Value {
  const named = reducedAxes(x, axes);
  return Reshape(
    reduced,
    staticShape('a reduction', x).map((size, axis) => (named.includes(axis) ? 1 : size)),
  );
}

function reducedAxes(x: Value, axes: Value | undefined): readonly number[] {
  const listed = axes ? readIntegers('a reduction', axes) : [];
  return listed.length > 0 ? normaliseAxes('a reduction', x, listed) : x.shape.map((_, axis) => axis);
}

const reduction = (of: (g: Value, x: Value, y: Value, count: number) => Value): Rule =>
  ruleOfOne((gradient, [x, axes], output) => {
    const shape = staticShape('a reduction', x);
    const count = reducedAxes(x, axes).reduce((product, axis) => product * shape[axis], 1);
    return [of(unreduced(gradient, x, axes), x, unreduced(output, x, axes), count)];
  });

const stretched = (g: Value, x: Value) => Expand(g, staticShape('a reduction', x));

/** A norm of 0 belongs to zeros, whose share is 0 whatever they are divided by. */
const orOne = (norm: Value) => Where(Equal(norm, scalar(0, norm)), scalar(1, norm), norm);

/** To every element that equals the extreme, in equal parts. */
const extreme: Rule = ruleOfOne((gradient, [x, axes], output) => {
  const isExtreme = Cast(Equal(x, unreduced(output, x, axes)), x.dtype);
  const count = ReduceSum(isExtreme, { axes: reducedAxes(x, axes), keepdims: true });
  return [Mul(isExtreme, Div(unreduced(gradient, x, axes), count))];
});

/** Each gets the product of the others: that of all that are not 0 over itself, if no other is 0. */
const product: Rule = ruleOfOne((gradient, [x, axes]) => {
  const over = { axes: reducedAxes(x, axes), keepdims: true };
  const isZero = Equal(x, scalar(0, x));
  const zero = Cast(isZero, x.dtype);
  const safe = Where(isZero, scalar(1, x), x);
  const noOtherIsZero = Cast(Equal(ReduceSum(zero, over), zero), x.dtype);
  const others = Mul(Div(ReduceProd(safe, over), safe), noOtherIsZero);
  return [Mul(unreduced(gradient, x, axes), others)];
});

const axisOf = (attributes: Readonly<Record<string, unknown>>) => [
  (attributes.axis as number | undefined) ?? -1,
];

export const reductionRules: Rules = {
  ReduceSum: reduction((g, x) => stretched(g, x)),
  ReduceMean: reduction((g, x, _, count) => stretched(Div(g, scalar(count, g)), x)),
  ReduceSumSquare: reduction((g, x) => Mul(Mul(g, scalar(2, g)), x)),
  ReduceL1: reduction((g, x) => Mul(g, Sign(x))),
  ReduceL2: reduction((g, x, y) => Mul(Div(g, orOne(y)), x)),
  ReduceLogSum: reduction((g, x, y) => stretched(Mul(g, Exp(Neg(y))), x)),
  ReduceLogSumExp: reduction((g, x, y) => Mul(g, Exp(Sub(x, y)))),
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceProd: product,
  Softmax: ruleOfOne((g, _, y, attributes) => {
    const mean = ReduceSum(Mul(g, y), { axes: axisOf(attributes), keepdims: true });
    return [Mul(y, Sub(g, mean))];
  }),
  LogSoftmax: ruleOfOne((g, _, y, attributes) => {
    const sum = ReduceSum(g, { axes: axisOf(attributes), keepdims: true });
    return [Sub(g, Mul(Exp(y), sum))];
  }),
};
