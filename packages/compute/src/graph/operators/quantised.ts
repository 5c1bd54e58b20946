// Numbers stored as small integers.

import { applyOne, operator, type Operator } from '../operator.js';
import { refuse } from '../shape.js';
import type { Value } from '../value.js';

const dequantizeLinear = operator(
  'DequantizeLinear',
  ([x, scale, zeroPoint]) => {
    if (zeroPoint && zeroPoint.dtype !== x!.dtype)
      refuse(
        'DequantizeLinear',
        [x, scale, zeroPoint],
        'the zero point has to be of the type of the numbers',
      );
    return [{ dtype: scale!.dtype, shape: x!.shape }];
  },
  { axis: 'int' },
);

export const quantisedOperators: readonly Operator[] = [dequantizeLinear];

/** (x - zeroPoint) scale, in the type of the scale: scalars, or one entry for each place along the axis. */
export const DequantizeLinear = (x: Value, scale: Value, zeroPoint?: Value, axis?: number) =>
  applyOne(dequantizeLinear, [x, scale, zeroPoint], { axis });
