import type { OnnxGraph, OnnxNode } from '@striate/compute';
import { writeClip, type TinyClip } from '../__fixtures__/tiny-clip.js';
import { recogniseClip } from './recognise.js';

const recognise = (graph: OnnxGraph) => recogniseClip(graph, 'image', 'net');
const write = (tiny: Partial<TinyClip> = {}) => writeClip(tiny).model.graph;

const refusal = (reason: string) =>
  expect.objectContaining({
    code: 'STRIATE_NOT_OF_FAMILY',
    context: expect.objectContaining({ model: 'net', reason: expect.stringContaining(reason) }),
  });

/** A network that would be recognised, with one node changed: of those of its kind, the one that is told. */
function writeChanged(opType: string, nth: number, change: (node: OnnxNode) => Partial<OnnxNode>): OnnxGraph {
  const graph = write();
  const node = graph.node.filter((each) => each.opType === opType)[nth];
  return { ...graph, node: graph.node.map((each) => (each === node ? { ...node, ...change(node) } : each)) };
}

describe('recogniseClip', () => {
  it('finds patches, the stream through the blocks, and the projection', () => {
    const { model, start, blocks } = writeClip({ nBlocks: 3, width: 6, patch: 4, size: [16, 16] });
    expect(recognise(model.graph)).toEqual({
      ...{ patch: [4, 4], width: 6, nBlocks: 3, grid: [4, 4] },
      stream: { start, isNormalised: true, blocks },
      embedding: model.graph.output[0].name,
    });
  });

  it('finds the same in a graph that computes something of texts as well', () => {
    const { stream, embedding } = recognise(write());
    const both = recognise(write({ hasText: true }));
    expect(both.stream).toEqual(stream);
    expect(both.embedding).toBe(embedding);
  });

  it('takes the grid of images that are no squares from the size that the file says', () => {
    expect(recognise(write({ size: [8, 24] })).grid).toEqual([1, 3]);
    const silent = write({ size: [8, 24], declaresSizes: false });
    expect(() => recognise(silent)).toThrow(refusal('its 3 patches form neither a square nor'));
  });

  it.each([
    ['no blocks', { nBlocks: 0 }, 'it has no residual sums'],
    ['the head of a classifier', { head: 'classifier' }, 'its head has a bias'],
    ['no projection', { head: 'none' }, 'nothing projects its class token'],
  ] as [string, Partial<TinyClip>, string][])('refuses a network with %s', (_, tiny, reason) => {
    expect(() => recognise(write(tiny))).toThrow(refusal(reason));
  });

  it.each([
    [
      'patches that overlap',
      writeChanged('Conv', 0, () => ({ attribute: [{ name: 'strides', type: 7, ints: [4, 4] }] })),
      'convolution of 8 x 8 moves by 4 x 4',
    ],
    [
      'no convolution',
      writeChanged('Conv', 0, () => ({ opType: 'MatMul' })),
      '0 convolutions, not one that cuts',
    ],
    [
      'its class token behind the others',
      writeChanged('Concat', 1, ({ input }) => ({ input: [...input].reverse() })),
      'no class token is put before',
    ],
    ['no positions', writeChanged('Add', 0, () => ({ opType: 'Mul' })), 'no positions are added'],
    [
      'tokens that are turned before the blocks',
      writeChanged('LayerNormalization', 0, () => ({ opType: 'Transpose' })),
      'Transpose stands between its tokens',
    ],
    [
      'a block that does not attend',
      writeChanged('Softmax', 1, () => ({ opType: 'Relu' })),
      'residual sum 3 of 4 adds no attention',
    ],
    [
      'half a block',
      writeChanged('Add', 4, () => ({ opType: 'Mul' })),
      'it has 3 residual sums, not two per block',
    ],
    [
      'the average of its tokens projected',
      writeChanged('Gather', 0, ({ input }) => ({ opType: 'ReduceMean', input: [input[0]], attribute: [] })),
      'what is projected is not its class token',
    ],
    [
      'a class token that is not normalised',
      writeChanged('LayerNormalization', 5, ({ input }) => ({ opType: 'Identity', input: [input[0]] })),
      'what is projected is not normalised',
    ],
  ])('refuses a network with %s', (_, graph, reason) => {
    expect(() => recognise(graph)).toThrow(refusal(reason));
  });
});
