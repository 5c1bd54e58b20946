// Gradients of matrix products. Transposes are written as such: ONNX Runtime folds them into the product.

import { Gemm, MatMul, Mul, Reshape, Transpose } from '../../graph/operators/index.js';
import { staticShape } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, sumTo, type Rule, type Rules } from '../rule.js';

/** The last two axes exchanged. */
function transposed(x: Value): Value {
  const rank = x.shape.length;
  return Transpose(x, [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2));
}

/** All axes but the last joined: a stack of rows as one matrix. */
function asRows(x: Value): Value {
  return x.shape.length === 2 ? x : Reshape(x, [-1, staticShape('MatMul', x).at(-1)!]);
}

/** One matrix for a whole stack: its gradient is one product over all rows, not a sum of many. */
function ofSharedMatrix(g: Value, a: Value, b: Value): Value {
  return b.shape.length === 2 ? MatMul(Transpose(asRows(a)), asRows(g)) : sumTo(MatMul(transposed(a), g), b);
}

const gemm: Rule = ruleOfOne((g, [a, b, c], _, attributes) => {
  const { transA = 0, transB = 0, alpha = 1, beta = 1 } = attributes as Record<string, number | undefined>;
  const [isTurnedA, isTurnedB] = [transA === 1, transB === 1];
  const toA = isTurnedA
    ? Gemm(b, g, undefined, { transA: isTurnedB, transB: true, alpha })
    : Gemm(g, b, undefined, { transB: !isTurnedB, alpha });
  const toB = isTurnedB
    ? Gemm(g, a, undefined, { transA: true, transB: isTurnedA, alpha })
    : Gemm(a, g, undefined, { transA: !isTurnedA, alpha });
  const toC = c && sumTo(beta === 1 ? g : Mul(g, scalar(beta, g)), c);
  return [toA, toB, toC];
});

export const productRules: Rules = {
  MatMul: ruleOfOne((g, [a, b]) => [sumTo(MatMul(g, transposed(b)), a), ofSharedMatrix(g, a, b)]),
  Gemm: gemm,
};
