import { describeEdges, describeLaws } from '../trained/__fixtures__/laws.js';
import { create } from './readout.js';

describe('linear-sgd', () => {
  describeLaws(create());
  describeEdges(create());
});
