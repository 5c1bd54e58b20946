import { describeEdges, describeLaws } from '../trained/__fixtures__/laws.js';
import { create } from './readout.js';

describe('softmax-attention', () => {
  describeLaws(create());
  describeEdges(create());
});
