import type { OnnxNode } from '@striate/compute';
import { network } from '../__fixtures__/networks.js';
import { wireGraph } from './wiring.js';

/** pixels → floats → positive → flat: reshaped to sizes that are read from `positive` itself. */
const nodes: OnnxNode[] = [
  { opType: 'Cast', input: ['pixels'], output: ['floats'] },
  { opType: 'Relu', input: ['floats'], output: ['positive'] },
  { opType: 'Shape', input: ['positive'], output: ['sizes'] },
  { opType: 'Reshape', input: ['positive', 'sizes'], output: ['flat'] },
];
const wiring = wireGraph(network(nodes, [], ['n', 3, 2, 2], 'flat').graph, 'pixels');
const [, relu, shape, reshape] = nodes;

describe('wireGraph', () => {
  it('looks through nodes that pass a value on', () => {
    expect(wiring.origin('floats')).toBe('pixels');
    expect(wiring.readers('pixels')).toEqual([relu]);
    expect(wiring.imageInputs(relu)).toEqual(['pixels']);
  });

  it('takes sizes for nothing that the image shows', () => {
    expect(wiring.nodes).toEqual([relu, reshape]);
    expect(wiring.imageInputs(reshape)).toEqual(['positive']);
    expect(wiring.readers('positive')).toEqual([reshape]);
  });

  it('finds who makes a value, of the image or not', () => {
    expect(wiring.maker('flat')).toBe(reshape);
    expect(wiring.maker('sizes')).toBe(shape);
    expect(wiring.maker('pixels')).toBeUndefined();
  });
});
