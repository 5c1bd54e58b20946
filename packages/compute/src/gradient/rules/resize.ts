// The gradient of Resize, which makes each axis anew for itself.

import { gradientMissing } from '@striate/contracts';
import { applyOne, type Attributes } from '../../graph/operator.js';
import { OPERATORS, Unsqueeze } from '../../graph/operators/index.js';
import { readResizing, type Resizing } from '../../graph/operators/resize.js';
import { constant, integers, type Value } from '../../graph/value.js';
import { pullBackAlong, type AxisMap } from '../along-axis.js';
import { ruleOfOne, type Rules } from '../rule.js';

/** The same Resize of rows as of one axis of an image; the kernel for cubic interpolation wants four axes. */
function mapAlong({ axis, nFrom, nTo, factor }: Resizing, how: Attributes): AxisMap {
  const targets =
    factor === undefined ? [undefined, integers([nTo])] : [constant('float32', [1], Float32Array.of(factor))];
  const apply = (rows: Value) =>
    applyOne(OPERATORS.get('Resize')!, [Unsqueeze(rows, [0]), undefined, ...targets], { ...how, axes: [3] });
  return { axis, nFrom, apply };
}

function refuse(reason: string): never {
  throw gradientMissing({ operator: 'Resize', reason });
}

export const resizeRules: Rules = {
  Resize: ruleOfOne((g, inputs, _, attributes) => {
    const { coordinate_transformation_mode: coordinates } = attributes;
    // Outside of its region it puts a value: no linear map.
    if (coordinates === 'tf_crop_and_resize') refuse(`coordinates ${coordinates}`);
    const changed = readResizing(inputs, attributes);
    // ONNX Runtime copies such an axis if no other changes, and resizes it by the factor else.
    if (changed.some(({ nFrom, nTo }) => nFrom === nTo)) refuse('a factor that leaves a size as it is');
    return [changed.reduce((pulled, resizing) => pullBackAlong(mapAlong(resizing, attributes), pulled), g)];
  }),
};
