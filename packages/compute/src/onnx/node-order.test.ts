import fc from 'fast-check';
import { openSession } from '../session/session.js';
import { decodeModel, encodeModel, type OnnxModel, type OnnxNode } from './model.js';
import { orderNodes } from './node-order.js';

const node = (output: string, ...input: string[]): OnnxNode => ({ opType: 'Sum', input, output: [output] });
const outputsOf = (nodes: readonly OnnxNode[]) => nodes.map(({ output }) => output[0]);

describe('orderNodes', () => {
  it('leaves nodes where they are that stand behind what they read', () => {
    const nodes = [node('a', 'x'), node('c', 'x', ''), node('b', 'a', 'weight')];
    expect(orderNodes(nodes)).toEqual(nodes);
  });

  it('puts a node behind those that it was written before', () => {
    expect(outputsOf(orderNodes([node('b', 'a'), node('c', 'b'), node('d', 'x'), node('a', 'x')]))).toEqual([
      'd',
      'a',
      'b',
      'c',
    ]);
  });

  it('counts what the graphs inside of a node read', () => {
    const inside = {
      node: [node('y', 'a')],
      initializer: [],
      input: [],
      output: [{ name: 'y' }],
      valueInfo: [],
    };
    const holder = { ...node('b', 'x'), attribute: [{ name: 'then_branch', type: 5, g: inside }] };
    expect(outputsOf(orderNodes([holder, node('a', 'x')]))).toEqual(['a', 'b']);
  });

  it('keeps every node of a circle, behind all others', () => {
    expect(outputsOf(orderNodes([node('a', 'b'), node('b', 'a'), node('c', 'x')]))).toEqual(['c', 'a', 'b']);
  });

  it('finds an order of computation, whatever the order in the file', () => {
    // Node i reads node floor(i / 2), a tree; written in any order.
    const shuffled = fc.shuffledSubarray(
      Array.from({ length: 20 }, (_, i) => i + 1),
      { minLength: 20 },
    );
    fc.assert(
      fc.property(shuffled, (numbers) => {
        const ordered = outputsOf(orderNodes(numbers.map((i) => node(`v${i}`, `v${Math.floor(i / 2)}`))));
        const places = numbers.map((i) => [
          ordered.indexOf(`v${i}`),
          ordered.indexOf(`v${Math.floor(i / 2)}`),
        ]);
        expect(places.every(([own, read]) => own > read)).toBe(true);
        expect(new Set(ordered).size).toBe(20);
      }),
    );
  });
});

describe('decodeModel', () => {
  it('reads a file whose nodes stand before what they read, which ONNX Runtime runs', async () => {
    const nodes = [node('c', 'b', 'b'), node('b', 'x', 'x')];
    const vector = { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 1 }] } } };
    const model: OnnxModel = {
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      metadataProps: [],
      graph: {
        ...{ name: 'turned', node: nodes, initializer: [], valueInfo: [] },
        input: [{ name: 'x', type: vector }],
        output: [{ name: 'c' }],
      },
    };
    const bytes = encodeModel(model);
    expect(outputsOf(decodeModel(bytes, 'turned').graph.node)).toEqual(['b', 'c']);
    const session = await openSession(bytes);
    const { c } = await session.run({ x: { dtype: 'float32', shape: [1], data: Float32Array.of(3) } });
    expect([...(c.data as Float32Array)]).toEqual([12]);
    await session.dispose();
  });
});
