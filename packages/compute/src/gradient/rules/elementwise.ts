// Gradients of operators that work element by element.

import {
  Add,
  And,
  Cast,
  Cos,
  Div,
  Equal,
  Erf,
  Exp,
  Greater,
  GreaterOrEqual,
  LessOrEqual,
  Log,
  Mul,
  Neg,
  Pow,
  Sigmoid,
  Sign,
  Sin,
  Sub,
  Tanh,
  Where,
} from '../../graph/operators/index.js';
import { scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, sumTo, type Rule, type Rules } from '../rule.js';

/** Truth values and integers move in steps: there is no way back through them. */
const isReal = ({ dtype }: Value) => dtype === 'float32' || dtype === 'float64' || dtype === 'float16';

/** g times a slope that is made from input and output. */
const slope = (of: (x: Value, y: Value, attributes: Record<string, unknown>) => Value): Rule =>
  ruleOfOne((g, [x], y, attributes) => [Mul(g, of(x, y, attributes))]);

/** Two inputs, each with its own slope; what was broadcast is summed. */
const slopes = (of: (g: Value, a: Value, b: Value, y: Value) => readonly [Value, Value]): Rule =>
  ruleOfOne((g, [a, b], y) => {
    const [toA, toB] = of(g, a, b, y);
    return [sumTo(toA, a), sumTo(toB, b)];
  });

/** Steps: flat wherever they are differentiable. */
const flat: Rule = ({ inputs }) => inputs.map(() => undefined);

const passWhere = (condition: Value, g: Value) => Where(condition, g, scalar(0, g));
const plus = (x: Value, number: number) => Add(x, scalar(number, x));
const times = (x: Value, number: number) => Mul(x, scalar(number, x));
const square = (x: Value) => Mul(x, x);
const asNumber = (condition: Value, like: Value) => Cast(condition, like.dtype);

/** Where two inputs are equal each takes half of the gradient. */
function shareOfFirst(isFirst: Value, a: Value, b: Value): Value {
  return Add(asNumber(isFirst, a), times(asNumber(Equal(a, b), a), 0.5));
}

/** Phi(x) + x phi(x), Phi being the normal distribution function and phi its density. */
function geluSlope(x: Value): Value {
  const cumulative = times(plus(Erf(times(x, Math.SQRT1_2)), 1), 0.5);
  const density = times(Exp(times(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return Add(cumulative, Mul(x, density));
}

/** Of x (1 + tanh u) / 2 with u = sqrt(2/pi) (x + 0.044715 x^3). */
function geluTanhSlope(x: Value): Value {
  const factor = Math.sqrt(2 / Math.PI);
  const bent = Tanh(times(Add(x, times(Mul(x, square(x)), 0.044715)), factor));
  const inner = times(plus(times(square(x), 3 * 0.044715), 1), factor);
  const outer = Mul(Mul(x, inner), Sub(scalar(1, x), square(bent)));
  return times(Add(plus(bent, 1), outer), 0.5);
}

const clip: Rule = ruleOfOne((g, [x, low, high]) => {
  const bounds = [low && GreaterOrEqual(x, low), high && LessOrEqual(x, high)].filter((b) => b !== undefined);
  return [bounds.length === 0 ? g : passWhere(bounds.reduce(And), g)];
});

/** Squares are common, and a^1 is a power that ONNX Runtime takes fifteen times as long for as for a product. */
function isConstant({ origin }: Value, number: number): boolean {
  return origin.kind === 'constant' && origin.data.length === 1 && Number(origin.data[0]) === number;
}

/** The slope in the exponent is 0 where the base is not positive: there the power is defined at single points only. */
const pow: Rule = slopes((g, a, b, y) => {
  const isPositive = Greater(a, scalar(0, a));
  const logarithm = Log(Where(isPositive, a, scalar(1, a)));
  const slopeInBase = isConstant(b, 2) ? times(a, 2) : Mul(b, Pow(a, plus(b, -1)));
  return [Mul(g, slopeInBase), Mul(g, Mul(y, logarithm))];
});

const where: Rule = ruleOfOne((g, [condition, a, b]) => [
  undefined,
  sumTo(passWhere(condition, g), a),
  sumTo(Where(condition, scalar(0, g), g), b),
]);

export const elementwiseRules: Rules = {
  Abs: slope((x) => Sign(x)),
  Cast: ruleOfOne((g, [x]) => [isReal(x) ? Cast(g, x.dtype) : undefined]),
  Clip: clip,
  Cos: slope((x) => Neg(Sin(x))),
  Elu: slope((x, y, { alpha = 1 }) =>
    Where(Greater(x, scalar(0, x)), scalar(1, x), plus(y, alpha as number)),
  ),
  Erf: slope((x) => times(Exp(Neg(square(x))), 2 / Math.sqrt(Math.PI))),
  Exp: slope((_, y) => y),
  Gelu: slope((x, _, { approximate }) => (approximate === 'tanh' ? geluTanhSlope(x) : geluSlope(x))),
  Identity: ruleOfOne((g) => [g]),
  LeakyRelu: slope((x, _, { alpha = 0.01 }) =>
    Where(Greater(x, scalar(0, x)), scalar(1, x), scalar(alpha as number, x)),
  ),
  Log: ruleOfOne((g, [x]) => [Div(g, x)]),
  Neg: ruleOfOne((g) => [Neg(g)]),
  Reciprocal: slope((_, y) => Neg(square(y))),
  Relu: ruleOfOne((g, [x]) => [passWhere(Greater(x, scalar(0, x)), g)]),
  Sigmoid: slope((_, y) => Mul(y, Sub(scalar(1, y), y))),
  Sin: slope((x) => Cos(x)),
  Softplus: slope((x) => Sigmoid(x)),
  Sqrt: ruleOfOne((g, _, y) => [Div(g, times(y, 2))]),
  Tanh: slope((_, y) => Sub(scalar(1, y), square(y))),
  Add: slopes((g) => [g, g]),
  Div: slopes((g, _, b, y) => [Div(g, b), Neg(Div(Mul(g, y), b))]),
  Max: slopes((g, a, b) => [
    Mul(g, shareOfFirst(Greater(a, b), a, b)),
    Mul(g, shareOfFirst(Greater(b, a), b, a)),
  ]),
  Min: slopes((g, a, b) => [
    Mul(g, shareOfFirst(Greater(b, a), a, b)),
    Mul(g, shareOfFirst(Greater(a, b), b, a)),
  ]),
  Mul: slopes((g, a, b) => [Mul(g, b), Mul(g, a)]),
  Pow: pow,
  Sub: slopes((g) => [g, Neg(g)]),
  Where: where,
  Ceil: flat,
  Floor: flat,
  Round: flat,
  Sign: flat,
};
