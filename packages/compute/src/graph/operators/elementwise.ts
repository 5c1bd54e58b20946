// Operators that work element by element. Two inputs are broadcast by numpy's rule.

import type { Dtype } from '../../session/tensor.js';
import { applyOne, operator, type Operator } from '../operator.js';
import { broadcast, refuse } from '../shape.js';
import type { Value } from '../value.js';

const unary = (type: string, attributes: Operator['attributes'] = {}) =>
  operator(type, ([x]) => [{ dtype: x!.dtype, shape: x!.shape }], attributes);

const binary = (type: string, dtype?: Dtype) =>
  operator(type, ([a, b]) => {
    if (a!.dtype !== b!.dtype) refuse(type, [a, b], 'the types of the elements differ');
    const shape = broadcast(a!.shape, b!.shape) ?? refuse(type, [a, b], 'the sizes cannot be broadcast');
    return [{ dtype: dtype ?? a!.dtype, shape }];
  });

const where = operator('Where', ([condition, a, b]) => {
  const inputs = [condition, a, b];
  if (condition!.dtype !== 'bool') refuse('Where', inputs, 'the condition has to be bool');
  if (a!.dtype !== b!.dtype) refuse('Where', inputs, 'the types of the elements differ');
  const values = broadcast(a!.shape, b!.shape);
  const shape = values && broadcast(condition!.shape, values);
  return [{ dtype: a!.dtype, shape: shape ?? refuse('Where', inputs, 'the sizes cannot be broadcast') }];
});

/** ONNX's numbers for types of elements. */
export const ONNX_TYPES: Readonly<Record<Dtype, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

const cast = operator(
  'Cast',
  ([x], { to }) => {
    const found = Object.entries(ONNX_TYPES).find(([, number]) => number === to);
    return [
      {
        dtype: found ? (found[0] as Dtype) : refuse('Cast', [x], `type ${String(to)} is not known`),
        shape: x!.shape,
      },
    ];
  },
  { to: 'int' },
);

const definitions = {
  Abs: unary('Abs'),
  Ceil: unary('Ceil'),
  Clip: unary('Clip'),
  Cos: unary('Cos'),
  Elu: unary('Elu', { alpha: 'float' }),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Floor: unary('Floor'),
  Gelu: unary('Gelu', { approximate: 'string' }),
  Identity: unary('Identity'),
  LeakyRelu: unary('LeakyRelu', { alpha: 'float' }),
  Log: unary('Log'),
  Neg: unary('Neg'),
  Not: unary('Not'),
  Reciprocal: unary('Reciprocal'),
  Relu: unary('Relu'),
  Round: unary('Round'),
  Sigmoid: unary('Sigmoid'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Softplus: unary('Softplus'),
  Sqrt: unary('Sqrt'),
  Tanh: unary('Tanh'),
  Add: binary('Add'),
  Div: binary('Div'),
  Max: binary('Max'),
  Min: binary('Min'),
  Mul: binary('Mul'),
  Pow: binary('Pow'),
  Sub: binary('Sub'),
  And: binary('And'),
  Equal: binary('Equal', 'bool'),
  Greater: binary('Greater', 'bool'),
  GreaterOrEqual: binary('GreaterOrEqual', 'bool'),
  Less: binary('Less', 'bool'),
  LessOrEqual: binary('LessOrEqual', 'bool'),
};

export const elementwiseOperators: readonly Operator[] = [...Object.values(definitions), where, cast];

const of1 = (definition: Operator) => (x: Value) => applyOne(definition, [x]);
const of2 = (definition: Operator) => (a: Value, b: Value) => applyOne(definition, [a, b]);

export const Abs = of1(definitions.Abs);
export const Ceil = of1(definitions.Ceil);
export const Cos = of1(definitions.Cos);
export const Erf = of1(definitions.Erf);
export const Exp = of1(definitions.Exp);
export const Floor = of1(definitions.Floor);
export const Identity = of1(definitions.Identity);
export const Log = of1(definitions.Log);
export const Neg = of1(definitions.Neg);
export const Not = of1(definitions.Not);
export const Reciprocal = of1(definitions.Reciprocal);
export const Relu = of1(definitions.Relu);
export const Round = of1(definitions.Round);
export const Sigmoid = of1(definitions.Sigmoid);
export const Sign = of1(definitions.Sign);
export const Sin = of1(definitions.Sin);
export const Softplus = of1(definitions.Softplus);
export const Sqrt = of1(definitions.Sqrt);
export const Tanh = of1(definitions.Tanh);
export const Add = of2(definitions.Add);
export const Sub = of2(definitions.Sub);
export const Mul = of2(definitions.Mul);
export const Div = of2(definitions.Div);
export const Pow = of2(definitions.Pow);
export const Max = of2(definitions.Max);
export const Min = of2(definitions.Min);
export const And = of2(definitions.And);
export const Equal = of2(definitions.Equal);
export const Greater = of2(definitions.Greater);
export const GreaterOrEqual = of2(definitions.GreaterOrEqual);
export const Less = of2(definitions.Less);
export const LessOrEqual = of2(definitions.LessOrEqual);

/** Limit to [low, high]; either may be left out. Both are scalars. */
export const Clip = (x: Value, low?: Value, high?: Value) => applyOne(definitions.Clip, [x, low, high]);
/** x where positive, alpha (exp(x) - 1) elsewhere. */
export const Elu = (x: Value, alpha?: number) => applyOne(definitions.Elu, [x], { alpha });
export const LeakyRelu = (x: Value, alpha?: number) => applyOne(definitions.LeakyRelu, [x], { alpha });
/** x times the normal distribution function of x; `tanh` is the usual approximation. */
export const Gelu = (x: Value, approximate?: 'none' | 'tanh') =>
  applyOne(definitions.Gelu, [x], { approximate });
/** a where the condition holds, b elsewhere. */
export const Where = (condition: Value, a: Value, b: Value) => applyOne(where, [condition, a, b]);
export const Cast = (x: Value, to: Dtype) => applyOne(cast, [x], { to: ONNX_TYPES[to] });
