// Gradients of pooling. An average over windows is a map along each axis in turn, so its gradient is that of the maps;
// the largest element of a window gets all.

import { gradientMissing } from '@striate/contracts';
import { Expand, Mul, readPooling, Reshape, ScatterElements } from '../../graph/operators/index.js';
import type { Application, Window } from '../../graph/operators/window.js';
import { countOf, staticShape } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { ruleOfOne, type Rule, type Rules } from '../rule.js';
import { pullBackThrough, type AxisMap } from '../separable.js';

/** Each place takes the mean of the taps that count; of these, those in the pads are 0. */
function averageMaps(application: Application): readonly AxisMap[] {
  const { window, places } = readPooling(application);
  const countsPads = application.attributes.count_include_pad === 1;
  const [, , ...sizes] = staticShape('AveragePool', application.inputs[0]!);
  return sizes.map((nFrom, axis) => {
    const [before, behind] = countsPads ? [window.pads[axis], window.pads[axis + sizes.length]] : [0, 0];
    const nTo = Number(places[axis]);
    const weights = new Float64Array(nTo * nFrom);
    for (let to = 0; to < nTo; to++) {
      const taps = tapsAt(window, axis, to);
      const count = taps.filter((at) => at >= -before && at < nFrom + behind).length;
      for (const at of taps) if (at >= 0 && at < nFrom) weights[to * nFrom + at] = 1 / count;
    }
    return { axis: axis + 2, nTo, nFrom, weights };
  });
}

/** What the window sees along an axis when it is put down there for the n-th time. */
function tapsAt({ kernel, strides, dilations, pads }: Window, axis: number, n: number): readonly number[] {
  const begin = n * strides[axis] - pads[axis];
  return Array.from({ length: kernel[axis] }, (_, tap) => begin + tap * dilations[axis]);
}

const maxPool: Rule = ({ inputs, outputs, gradients, attributes }) => {
  if (attributes.storage_order === 1)
    throw gradientMissing({ operator: 'MaxPool', reason: 'places counted column by column' });
  const [x, g] = [inputs[0]!, gradients[0]!];
  const flat = (value: Value) => Reshape(value, [-1]);
  const zeros = Expand(scalar(0, x), [countOf('MaxPool', x)]);
  const pulled = ScatterElements(zeros, flat(outputs[1]), flat(g), { reduction: 'add' });
  return [Reshape(pulled, staticShape('MaxPool', x))];
};

export const poolingRules: Rules = {
  AveragePool: ruleOfOne((g, inputs, _, attributes) => [
    pullBackThrough(averageMaps({ operator: 'AveragePool', inputs, attributes }), g),
  ]),
  GlobalAveragePool: ruleOfOne((g, [x]) => {
    const shape = staticShape('GlobalAveragePool', x);
    const share = shape.slice(2).reduce((product, size) => product / size, 1);
    return [Expand(Mul(g, scalar(share, g)), shape)];
  }),
  MaxPool: maxPool,
};
