// Operators that make one number out of many along axes, and those that normalise along one.

import { applyOne, operator, type Operator } from '../operator.js';
import { normaliseAxes, readIntegers, refuse } from '../shape.js';
import { integers, type Shape, type Value } from '../value.js';

const reduction = (type: string) =>
  operator(
    type,
    ([x, axes], { keepdims = 1 }) => {
      const listed = axes ? readIntegers(type, axes) : [];
      const reduced = listed.length > 0 ? normaliseAxes(type, x!, listed) : x!.shape.map((_, axis) => axis);
      return [{ dtype: x!.dtype, shape: reducedShape(x!.shape, reduced, keepdims === 1) }];
    },
    { keepdims: 'int' },
  );

function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  if (keep) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return shape.filter((_, axis) => !axes.includes(axis));
}

const alongAxis = (type: string) =>
  operator(
    type,
    ([x], { axis = -1 }) => {
      if (typeof axis !== 'number') refuse(type, [x], 'the axis has to be a number');
      normaliseAxes(type, x!, [axis]);
      return [{ dtype: x!.dtype, shape: x!.shape }];
    },
    { axis: 'int' },
  );

const definitions = {
  ReduceSum: reduction('ReduceSum'),
  ReduceMean: reduction('ReduceMean'),
  ReduceMax: reduction('ReduceMax'),
  ReduceMin: reduction('ReduceMin'),
  ReduceProd: reduction('ReduceProd'),
  ReduceSumSquare: reduction('ReduceSumSquare'),
  ReduceL1: reduction('ReduceL1'),
  ReduceL2: reduction('ReduceL2'),
  ReduceLogSum: reduction('ReduceLogSum'),
  ReduceLogSumExp: reduction('ReduceLogSumExp'),
  Softmax: alongAxis('Softmax'),
  LogSoftmax: alongAxis('LogSoftmax'),
};

export const reductionOperators: readonly Operator[] = Object.values(definitions);

export interface ReductionOptions {
  /** All, if left out. */
  readonly axes?: readonly number[];
  /** Leave the reduced axes with size 1. Default: false (ONNX's own default is true). */
  readonly keepdims?: boolean;
}

const reduce =
  (definition: Operator) =>
  (x: Value, { axes, keepdims = false }: ReductionOptions = {}) =>
    axes?.length === 0
      ? x // ONNX takes an empty list for all axes
      : applyOne(definition, [x, axes && integers(axes)], { keepdims: Number(keepdims) });

export const ReduceSum = reduce(definitions.ReduceSum);
export const ReduceMean = reduce(definitions.ReduceMean);
export const ReduceMax = reduce(definitions.ReduceMax);
export const ReduceMin = reduce(definitions.ReduceMin);
export const ReduceProd = reduce(definitions.ReduceProd);

/** Of these not even a reduction over no axes leaves x as it is: no axes named are all of them, as ONNX has it. */
const reduceAnyway =
  (definition: Operator) =>
  (x: Value, { axes, keepdims = false }: ReductionOptions = {}) =>
    applyOne(definition, [x, axes && integers(axes)], { keepdims: Number(keepdims) });

/** Sum of squares. */
export const ReduceSumSquare = reduceAnyway(definitions.ReduceSumSquare);
/** Sum of absolute values. */
export const ReduceL1 = reduceAnyway(definitions.ReduceL1);
/** Square root of the sum of squares. */
export const ReduceL2 = reduceAnyway(definitions.ReduceL2);
/** Logarithm of the sum. */
export const ReduceLogSum = reduceAnyway(definitions.ReduceLogSum);
/** Logarithm of the sum of exponentials. */
export const ReduceLogSumExp = reduceAnyway(definitions.ReduceLogSumExp);

/** exp(x) over its sum along one axis (the last, if left out). */
export const Softmax = (x: Value, axis = -1) => applyOne(definitions.Softmax, [x], { axis });
export const LogSoftmax = (x: Value, axis = -1) => applyOne(definitions.LogSoftmax, [x], { axis });
