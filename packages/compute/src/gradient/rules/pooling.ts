// Gradients of pooling. A mean over windows is one along each axis in turn; the largest element of a window gets all.

import { gradientMissing } from '@striate/contracts';
import {
  AveragePool,
  Expand,
  Mul,
  readPooling,
  Reshape,
  ScatterElements,
} from '../../graph/operators/index.js';
import { countOf, staticShape } from '../../graph/shape.js';
import { scalar, type Value } from '../../graph/value.js';
import { pullBackAlong } from '../along-axis.js';
import { ruleOfOne, type Rule, type Rules } from '../rule.js';

const averagePool: Rule = ruleOfOne((g, inputs, _, attributes) => {
  const { window } = readPooling({ operator: 'AveragePool', inputs, attributes });
  const [, , ...sizes] = staticShape('AveragePool', inputs[0]);
  return [
    sizes.reduce((pulled, nFrom, i) => {
      const along = {
        ...{ kernel: [window.kernel[i]], strides: [window.strides[i]], dilations: [window.dilations[i]] },
        pads: [window.pads[i], window.pads[i + sizes.length]],
        ceilMode: attributes.ceil_mode === 1,
        countIncludePad: attributes.count_include_pad === 1,
      };
      const apply = (rows: Value) => AveragePool(rows, along);
      return pullBackAlong({ axis: i + 2, nFrom, apply }, pulled);
    }, g),
  ];
});

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
  AveragePool: averagePool,
  GlobalAveragePool: ruleOfOne((g, [x]) => {
    const shape = staticShape('GlobalAveragePool', x);
    const share = shape.slice(2).reduce((product, size) => product / size, 1);
    return [Expand(Mul(g, scalar(share, g)), shape)];
  }),
  MaxPool: maxPool,
};
