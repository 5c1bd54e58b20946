// Operators that take elements from places, or put them there.

import { applyOne, operator, type Operator } from '../operator.js';
import { normaliseAxes, refuse, sameShape } from '../shape.js';
import type { Value } from '../value.js';

const isInteger = (value: Value) => value.dtype === 'int64' || value.dtype === 'int32';

const gather = operator(
  'Gather',
  ([x, indices], { axis = 0 }) => {
    if (!isInteger(indices!)) refuse('Gather', [x, indices], 'the places have to be integers');
    const [at] = normaliseAxes('Gather', x!, [axis as number]);
    return [
      { dtype: x!.dtype, shape: [...x!.shape.slice(0, at), ...indices!.shape, ...x!.shape.slice(at + 1)] },
    ];
  },
  { axis: 'int' },
);

const gatherElements = operator(
  'GatherElements',
  ([x, indices]) => {
    requirePlaces('GatherElements', x!, indices!);
    return [{ dtype: x!.dtype, shape: indices!.shape }];
  },
  { axis: 'int' },
);

const scatterElements = operator(
  'ScatterElements',
  ([x, indices, updates]) => {
    requirePlaces('ScatterElements', x!, indices!);
    if (!sameShape(indices!.shape, updates!.shape))
      refuse('ScatterElements', [x, indices, updates], 'each place needs one update');
    return [{ dtype: x!.dtype, shape: x!.shape }];
  },
  { axis: 'int', reduction: 'string' },
);

function requirePlaces(operatorName: string, x: Value, indices: Value): void {
  if (!isInteger(indices)) refuse(operatorName, [x, indices], 'the places have to be integers');
  if (indices.shape.length !== x.shape.length)
    refuse(operatorName, [x, indices], 'the places need as many axes');
}

const scatterND = operator('ScatterND', ([x]) => [{ dtype: x!.dtype, shape: x!.shape }], {
  reduction: 'string',
});

export const gatheringOperators: readonly Operator[] = [gather, gatherElements, scatterElements, scatterND];

/** Take entries along an axis by their places. */
export const Gather = (x: Value, indices: Value, axis = 0) => applyOne(gather, [x, indices], { axis });
/** Take along an axis, elsewhere at the element's own place. */
export const GatherElements = (x: Value, indices: Value, axis = 0) =>
  applyOne(gatherElements, [x, indices], { axis });
/** Put updates at places along an axis; `add` sums where places coincide. */
export const ScatterElements = (
  ...[x, indices, updates, options = {}]: [
    x: Value,
    indices: Value,
    updates: Value,
    options?: { axis?: number; reduction?: 'none' | 'add' },
  ]
) =>
  applyOne(scatterElements, [x, indices, updates], { axis: options.axis ?? 0, reduction: options.reduction });
/** Put updates at places given by the last axis of indices. */
export const ScatterND = (x: Value, indices: Value, updates: Value, reduction?: 'none' | 'add') =>
  applyOne(scatterND, [x, indices, updates], { reduction });
