import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../session/session.js';
import { listExternalFiles, listFedInputs } from './graph.js';
import { measureValues } from './measure.js';
import { decodeModel, encodeModel, type OnnxModel, type OnnxNode, type OnnxTensor } from './model.js';
import { tapLayers } from './tap.js';

const FLOAT = 1;
const BOOL = 9;
const FLOAT_ATTRIBUTE = 1;
const GRAPH_ATTRIBUTE = 5;

const info = (name: string, ...dims: (number | string)[]) => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: dims.map((d) => (typeof d === 'string' ? { dimParam: d } : { dimValue: d })) },
    },
  },
});
const scalar = (name: string, value: number): OnnxTensor => ({
  name,
  dims: [1],
  dataType: FLOAT,
  rawData: new Uint8Array(Float32Array.of(value).buffer),
});
const model = (node: OnnxNode[], initializer: OnnxTensor[], outputs: string[]): OnnxModel => ({
  irVersion: 8,
  opsetImport: [{ domain: '', version: 17 }],
  metadataProps: [{ key: 'licence', value: 'none' }],
  graph: {
    name: 'tiny',
    node,
    initializer,
    input: [info('x', 'n', 2)],
    output: outputs.map((name) => info(name, 'n', 2)),
    valueInfo: [],
  },
});

// x -> doubled = 2x -> shifted = 2x + 3 -> negated = -(2x + 3)
const chain = model(
  [
    { opType: 'Mul', input: ['x', 'two'], output: ['doubled'] },
    { opType: 'Add', input: ['doubled', 'three'], output: ['shifted'] },
    { opType: 'Neg', input: ['shifted'], output: ['negated'] },
  ],
  [scalar('two', 2), scalar('three', 3)],
  ['negated'],
);
const x = { dtype: 'float32' as const, shape: [1, 2], data: Float32Array.of(1, 10) };

async function runTapped(source: OnnxModel, layers: string[], weightsFolder?: string) {
  const session = await openSession(
    encodeModel(tapLayers(source, layers, 'tiny')),
    weightsFolder === undefined ? {} : { weightsFolder },
  );
  const values = await session.run({ x });
  await session.dispose();
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.from(value.data as Float32Array)]),
  );
}

describe('tapLayers', () => {
  it('computes several layers in one pass, those that were no outputs included', async () => {
    expect(await runTapped(chain, ['negated', 'doubled'])).toEqual({
      doubled: [2, 20],
      negated: [-5, -23],
    });
  });

  it('cuts off what no tapped layer needs', () => {
    const { graph } = tapLayers(chain, ['doubled'], 'tiny');
    expect(graph.node.map((node) => node.opType)).toEqual(['Mul']);
    expect(graph.initializer.map((weight) => weight.name)).toEqual(['two']);
  });

  it('leaves the model that it was given as it was, and keeps its metadata', () => {
    const before = encodeModel(chain);
    expect(tapLayers(chain, ['doubled'], 'tiny').metadataProps).toEqual(chain.metadataProps);
    expect(encodeModel(chain)).toEqual(before);
  });

  it('keeps what only the body of an If reads', async () => {
    const branch = (opType: string) => ({
      name: opType,
      node: [{ opType, input: ['shifted'], output: [`${opType}_out`] }],
      output: [info(`${opType}_out`, 'n', 2)],
      initializer: [],
      input: [],
      valueInfo: [],
    });
    const conditional = model(
      [
        ...chain.graph.node.slice(0, 2),
        {
          opType: 'If',
          input: ['always'],
          output: ['chosen'],
          attribute: [
            { name: 'then_branch', type: GRAPH_ATTRIBUTE, g: branch('Abs') },
            { name: 'else_branch', type: GRAPH_ATTRIBUTE, g: branch('Neg') },
          ],
        },
      ],
      [...chain.graph.initializer, { name: 'always', dims: [], dataType: BOOL, rawData: Uint8Array.of(1) }],
      ['chosen'],
    );
    expect(await runTapped(conditional, ['chosen'])).toEqual({ chosen: [5, 23] });
  });

  it('refuses a layer that no node makes, and names the nearest', () => {
    expect(() => tapLayers(chain, ['doubeld'], 'tiny')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_UNKNOWN_LAYER',
        hint: expect.stringContaining('"doubled"'),
      }),
    );
  });

  it('runs with weights that lie in a file beside the model', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'striate-onnx-'));
    await writeFile(join(folder, 'w.bin'), new Uint8Array(Float32Array.of(7, 5).buffer));
    const external: OnnxTensor = {
      name: 'two',
      dims: [1],
      dataType: FLOAT,
      dataLocation: 1,
      externalData: [
        { key: 'location', value: 'w.bin' },
        { key: 'offset', value: '4' },
        { key: 'length', value: '4' },
      ],
    };
    const source = decodeModel(
      encodeModel(model(chain.graph.node, [external, scalar('three', 3)], ['negated'])),
      'memory',
    );
    expect(listExternalFiles(source)).toEqual(['w.bin']);
    expect(await runTapped(source, ['doubled'], folder)).toEqual({ doubled: [5, 50] });
    await rm(folder, { recursive: true });
  });
});

describe('listFedInputs', () => {
  it('leaves out weights that old files list among the inputs', () => {
    const old = { ...chain.graph, input: [...chain.graph.input, info('two', 1)] };
    expect(listFedInputs(old).map((input) => input.name)).toEqual(['x']);
  });
});

describe('measureValues', () => {
  it('reports types and sizes of values that the file says nothing about', async () => {
    const measured = await measureValues(chain, ['doubled', 'shifted'], { x }, { name: 'tiny' });
    expect(measured).toEqual([
      { name: 'doubled', dtype: 'float32', shape: [1, 2] },
      { name: 'shifted', dtype: 'float32', shape: [1, 2] },
    ]);
  });

  it('measures more values than it holds at once', async () => {
    const nodes = Array.from({ length: 70 }, (_, i) => ({
      opType: 'LeakyRelu',
      input: [i === 0 ? 'x' : `v${i - 1}`],
      output: [`v${i}`],
      attribute: [{ name: 'alpha', type: FLOAT_ATTRIBUTE, f: 0.5 }],
    }));
    const names = nodes.map((node) => node.output[0]);
    const measured = await measureValues(model(nodes, [], ['v69']), names, { x }, { name: 'deep' });
    expect(measured.map((value) => value.name)).toEqual(names);
  });
});
