// Products of matrices.

import { applyOne, operator, type Operator } from '../operator.js';
import { broadcast, refuse } from '../shape.js';
import type { Shape, Value } from '../value.js';

const matMul = operator('MatMul', ([a, b]) => {
  const inputs = [a, b];
  if (a!.dtype !== b!.dtype) refuse('MatMul', inputs, 'the types of the elements differ');
  if (a!.shape.length < 2 || b!.shape.length < 2)
    refuse('MatMul', inputs, 'both have to be matrices, or stacks of them');
  if (a!.shape.at(-1) !== b!.shape.at(-2)) refuse('MatMul', inputs, 'the inner sizes differ');
  const stack =
    broadcast(a!.shape.slice(0, -2), b!.shape.slice(0, -2)) ??
    refuse('MatMul', inputs, 'the stacks cannot be broadcast');
  return [{ dtype: a!.dtype, shape: [...stack, a!.shape.at(-2)!, b!.shape.at(-1)!] }];
});

const gemm = operator(
  'Gemm',
  ([a, b, c], { transA = 0, transB = 0 }) => {
    const inputs = [a, b, c];
    if (a!.dtype !== b!.dtype) refuse('Gemm', inputs, 'the types of the elements differ');
    if (a!.shape.length !== 2 || b!.shape.length !== 2) refuse('Gemm', inputs, 'both have to be matrices');
    const [rows, inner] = transA === 1 ? [...a!.shape].reverse() : a!.shape;
    const [innerB, columns] = transB === 1 ? [...b!.shape].reverse() : b!.shape;
    if (inner !== innerB) refuse('Gemm', inputs, 'the inner sizes differ');
    const shape: Shape = [rows, columns];
    const added = c && broadcast(c.shape, shape);
    if (c && (!added || added.length > 2 || added.some((size, axis) => size !== shape[axis])))
      refuse('Gemm', inputs, 'what is added does not fit the product');
    return [{ dtype: a!.dtype, shape }];
  },
  { transA: 'int', transB: 'int', alpha: 'float', beta: 'float' },
);

export const productOperators: readonly Operator[] = [matMul, gemm];

/** a b, the last two axes being rows and columns; the others are broadcast. */
export const MatMul = (a: Value, b: Value) => applyOne(matMul, [a, b]);

export interface GemmOptions {
  readonly transA?: boolean;
  readonly transB?: boolean;
  readonly alpha?: number;
  readonly beta?: number;
}

/** alpha op(a) op(b) + beta c; c is broadcast to the product. */
export const Gemm = (a: Value, b: Value, c?: Value, options: GemmOptions = {}) => {
  const { transA = false, transB = false, alpha, beta } = options;
  return applyOne(gemm, [a, b, c], { transA: Number(transA), transB: Number(transB), alpha, beta });
};
