import type { OnnxModel, OnnxNode } from '@striate/compute';
import { readTinyNetwork } from '../__fixtures__/tiny-models.js';
import { findBlocks } from './blocks.js';
import { findBottlenecks, followStream } from './bottlenecks.js';

const node = (opType: string, inputs: string, output: string): OnnxNode => ({
  ...{ opType, input: inputs.split(' '), output: output.split(' '), attribute: [] },
});

/** The same model, its values under names that say nothing. */
function withoutNames(model: OnnxModel): { model: OnnxModel; rename: (name: string) => string } {
  const { graph } = model;
  const names = new Map(graph.node.flatMap(({ output }) => output).map((name, i) => [name, `v${i}`]));
  const rename = (name: string) => names.get(name) ?? name;
  const nodes = graph.node.map((each) => ({
    ...{ ...each, name: '', input: each.input.map(rename), output: each.output.map(rename) },
  }));
  return { model: { ...model, graph: { ...graph, node: nodes, valueInfo: [] } }, rename };
}

describe('findBlocks', () => {
  it.each([
    ['tiny-mpnet/onnx/model.onnx', 'last_hidden_state', 3],
    ['tiny-bert/onnx/model.onnx', 'last_hidden_state', 2],
    ['tiny-clip/onnx/text_model.onnx', 'last_hidden_state', 3],
    ['tiny-clip/onnx/text_model.onnx', 'text_embeds', 3],
    ['tiny-gpt2/onnx/decoder_model.onnx', 'logits', 3],
  ])(
    'finds the same values of %s in front of %s, whatever they are called',
    async (path, output, nBlocks) => {
      const model = await readTinyNetwork(path);
      const blocks = findBlocks(model, 'input_ids', output, path);
      expect(blocks).toHaveLength(nBlocks);
      const { model: nameless, rename } = withoutNames(model);
      expect(findBlocks(nameless, 'input_ids', rename(output), path)).toEqual(blocks.map(rename));
    },
  );

  const graphOf = (nodes: OnnxNode[]): OnnxModel => ({
    ...{ irVersion: 8, opsetImport: [], metadataProps: [] },
    graph: {
      name: 'g',
      node: nodes,
      initializer: [],
      input: [{ name: 'ids' }],
      output: [{ name: 'y' }],
      valueInfo: [],
    },
  });

  it.each([
    ['no embedding of tokens', [node('Softmax', 'ids', 'a'), node('Softmax', 'a', 'y')]],
    ['one attention only', [node('Gather', 'w ids', 'x'), node('Softmax', 'x', 'a'), node('Relu', 'a', 'y')]],
    [
      'blocks of different forms',
      [
        ...[node('Gather', 'w ids', 'x'), node('Softmax', 'x', 'a'), node('Relu', 'a', 'b')],
        ...[node('Softmax', 'b', 'c'), node('Relu', 'c', 'd'), node('Relu', 'd', 'e')],
        ...[node('Softmax', 'e', 'f'), node('Relu', 'f', 'y')],
      ],
    ],
  ])('finds none in a graph with %s', (_, nodes) => {
    expect(findBlocks(graphOf(nodes), 'ids', 'y', 'g')).toEqual([]);
  });
});

describe('findBottlenecks', () => {
  // x -> a -> b -> c = a + b -> d; a passes b by.
  const nodes = [
    ...[node('Relu', 'x', 'a'), node('Relu', 'a', 'b'), node('Add', 'a b', 'c')],
    ...[node('Shape', 'c', 'size'), node('Reshape', 'c size', 'd')],
  ];
  const graph = { name: 'g', node: nodes, initializer: [], input: [], output: [], valueInfo: [] };

  it('leaves out what another value passes by', () => {
    expect(findBottlenecks(followStream(graph, 'x')).map(({ value }) => value)).toEqual(['a', 'c', 'd']);
  });

  it('does not count sizes that are read off a value', () => {
    expect(followStream(graph, 'x').map(({ output }) => output[0])).toEqual(['a', 'b', 'c', 'd']);
  });
});
