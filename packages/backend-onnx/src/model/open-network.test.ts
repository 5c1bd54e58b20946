import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, type OnnxModel, type OnnxNode, type Value } from '@striate/compute';
import type { LoadedModel } from '@striate/contracts';
import {
  AS_IS,
  bytesOf,
  int,
  ints,
  network,
  spottedStimulus,
  tinyNetwork,
} from '../__fixtures__/networks.js';
import { imageInput } from '../graph/preprocessing-graph.js';
import { createOnnxBackend } from '../onnx-backend.js';
import { openNetwork, type NetworkDescription } from './open-network.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-open-network-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Leaves the bytes of a 2 x 2 image as they are, with a resampling that can be exported. */
const options = createOnnxBackend().parseOptions({ preprocessing: { ...AS_IS, interpolation: 'bilinear' } });

async function open(model: OnnxModel, known: Partial<NetworkDescription> = {}): Promise<LoadedModel> {
  const path = join(folder, 'net.onnx');
  await writeFile(path, bytesOf(model));
  const card = { title: 'net', family: 'other' } as const;
  const describe = () => ({ card, ...known });
  const context = { baseFolder: folder, device: 'cpu' } as const;
  return openNetwork({ backend: 'onnx', id: 'net', path, options, context, describe });
}

async function extract(model: LoadedModel, layer: string): Promise<number[]> {
  const stimuli = [await spottedStimulus('s', [1, 2, 3])];
  const rows: number[] = [];
  for await (const { layers } of model.doExtract({ stimuli, layers: [layer] }))
    rows.push(...layers.get(layer)!);
  return rows;
}

/** What the exported graph makes of the same stimulus. */
async function evaluateGraph(model: LoadedModel, layer: string) {
  const graph = (await model.toGraph!(layer, imageInput())) as Value;
  const data = Uint8Array.from([0, 0, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  const image = { dtype: 'uint8', shape: [2, 2, 3], data } as const;
  const { y } = await evaluate({ y: graph }, { image });
  return { shape: y.shape, values: [...(y.data as Float32Array)] };
}

/** `weighted` of the tiny network, [stimulus, 2, 2, 2], turned by a node of ours to have its columns for channels. */
const turned = (...perm: number[]) => ({
  layers: [
    { name: 'columns', value: 'ours' },
    { name: 'weighted', value: 'weighted' },
  ],
  added: {
    node: [
      { opType: 'Transpose', input: ['weighted'], output: ['ours'], attribute: [ints('perm', ...perm)] },
    ],
    initializer: [],
  },
});

describe('layers that are no values of the file', () => {
  it('are made by nodes that are put behind its own, in extraction as in export', async () => {
    const model = await open(tinyNetwork(), turned(0, 3, 2, 1));
    expect((await model.listLayers()).map(({ name, shape }) => [name, shape])).toEqual([
      ['columns', [2, 2, 2]],
      ['weighted', [2, 2, 2]],
    ]);
    // weighted: [[[0, 3], [3, 3]], [[0, 30], [30, 30]]], [channel, height, width]; here [width, height, channel]
    const columns = [0, 0, 3, 30, 3, 30, 3, 30];
    expect(await extract(model, 'columns')).toEqual(columns);
    expect(await evaluateGraph(model, 'columns')).toEqual({ shape: [1, 2, 2, 2], values: columns });
  });

  it('change the fingerprint with the nodes', async () => {
    const { fingerprint: plain } = await open(tinyNetwork());
    const { fingerprint } = await open(tinyNetwork(), turned(0, 3, 2, 1));
    const { fingerprint: other } = await open(tinyNetwork(), turned(0, 2, 3, 1));
    expect(new Set([plain, fingerprint, other]).size).toBe(3);
  });
});

describe('the graph of a network that computes sizes when it is run', () => {
  /** pixels [n, 3, 2, 2] → flat [n, 12], its sizes read from the pixels themselves; the file says no type of them. */
  const nodes: OnnxNode[] = [
    { opType: 'Shape', input: ['pixels'], output: ['shape'] },
    { opType: 'Slice', input: ['shape', 'zero', 'one'], output: ['batch'] },
    { opType: 'Concat', input: ['batch', 'rest'], output: ['sizes'], attribute: [int('axis', 0)] },
    { opType: 'Reshape', input: ['pixels', 'sizes'], output: ['flat'] },
    { opType: 'Neg', input: ['flat'], output: ['negative'] },
  ];
  const integers = (name: string, value: number) => ({ name, dims: [1], dataType: 7, int64Data: [value] });
  const sized = (batch: number | string) =>
    network(
      nodes,
      [integers('zero', 0), integers('one', 1), integers('rest', -1)],
      [batch, 3, 2, 2],
      'negative',
    );

  it.each([
    ['any number of images', 'n'],
    ['one image', 1],
    ['three images', 3],
  ])('has them as constants, where the file takes %s', async (_, batch) => {
    const model = await open(sized(batch));
    const { shape, values } = await evaluateGraph(model, 'negative');
    expect(shape).toEqual([1, 12]);
    expect(values).toEqual(await extract(model, 'negative'));
    expect(values).toEqual([-0, -1, -1, -1, -0, -2, -2, -2, -0, -3, -3, -3]);
  });
});
