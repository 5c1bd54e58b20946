import { gradients } from '../gradient/index.js';
import { encodeModel, decodeModel, type OnnxModel } from '../onnx/model.js';
import type { Tensor } from '../session/tensor.js';
import { float, floats, int, ints, integersOf, makeFile, node, runModel, text } from './__fixtures__/file.js';
import { fromModel, input, onnx, toModel, type FromModelOptions } from './index.js';

/** File to graph to file: what comes out must be the same bits. */
async function expectSameBits(
  file: OnnxModel,
  feeds: Record<string, Tensor>,
  options: FromModelOptions = {},
): Promise<void> {
  const written = decodeModel(encodeModel(toModel(fromModel(file, options).outputs)), 'written again');
  expect(await runModel(written, feeds)).toEqual(await runModel(file, feeds));
}

const unread = (operator: string, name: string, reason: string) =>
  expect.objectContaining({
    code: 'STRIATE_ONNX_NODE_UNREAD',
    context: expect.objectContaining({ operator, node: name, reason: expect.stringContaining(reason) }),
  });

/** x → conv → relu → flat → y. */
const network = (opset?: number) =>
  makeFile({
    nodes: [
      node(
        'Conv',
        ['x', 'filters', 'bias'],
        ['conv'],
        [ints('pads', 1, 1, 1, 1), ints('kernel_shape', 3, 3)],
      ),
      node('Relu', ['conv'], ['relu']),
      node('Flatten', ['relu'], ['flat']),
      node('Gemm', ['flat', 'weights', 'offset'], ['y'], [int('transB', 1), float('alpha', 0.5)]),
    ],
    inputs: { x: ['N', 2, 4, 4] },
    outputs: ['y'],
    weights: { filters: floats(3, 2, 3, 3), bias: floats(3), weights: floats(5, 48), offset: floats(5) },
    ...(opset === undefined ? {} : { opset }),
  });

describe('fromModel', () => {
  it.each([7, 13, 20, 22])('gives a network of version %i that computes the same bits', async (opset) => {
    await expectSameBits(network(opset), { x: floats(3, 2, 4, 4) });
  });

  it('cuts at a layer and leaves out what only deeper ones need', async () => {
    const { outputs } = fromModel(network(), { outputs: ['relu'] });
    expect(outputs.relu.shape).toEqual(['N', 3, 4, 4]);
    expect(toModel(outputs).graph.initializer).toHaveLength(2);
    await expectSameBits(network(), { x: floats(2, 2, 4, 4) });
  });

  it('taps several layers, in the order asked', () => {
    const { outputs } = fromModel(network(), { outputs: ['y', 'conv'] });
    expect(Object.keys(outputs)).toEqual(['y', 'conv']);
  });

  it('puts a value where the file has an input; a named size becomes the value’s', () => {
    const x = onnx.Mul(input('pixels', [2, 2, 4, 4]), input('scale', []));
    const { inputs, outputs } = fromModel(network(), { inputs: { x } });
    expect(inputs).toEqual({ x });
    expect(outputs.y.shape).toEqual([2, 5]);
    expect(toModel(outputs).graph.input.map(({ name }) => name)).toEqual(['pixels', 'scale']);
  });

  it('refuses a value that does not fit the input, and an input that is not there', () => {
    const given = (x: ReturnType<typeof input>) => () => fromModel(network(), { inputs: { x } });
    expect(given(input('x', [1, 2, 4, 4]))).not.toThrow();
    const malformed = expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED' });
    expect(given(input('x', [1, 3, 4, 4]))).toThrow(malformed);
    expect(given(input('x', [1, 2, 4]))).toThrow(malformed);
    expect(given(input('x', [1, 2, 4, 4], 'float64'))).toThrow(malformed);
    expect(() => fromModel(network(), { inputs: { pixels: input('x', [1, 2, 4, 4]) } })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_UNKNOWN_ID',
        context: expect.objectContaining({ known: ['x'] }),
      }),
    );
  });

  it('refuses a size that two inputs have different numbers for', () => {
    const file = makeFile({
      nodes: [node('Add', ['a', 'b'], ['y'])],
      inputs: { a: ['N'], b: ['N'] },
      outputs: ['y'],
    });
    const read = (a: number, b: number) => () =>
      fromModel(file, { inputs: { a: input('a', [a]), b: input('b', [b]) } });
    expect(read(2, 2)).not.toThrow();
    expect(read(2, 1)).toThrow(expect.objectContaining({ code: 'STRIATE_GRAPH_MALFORMED' }));
    expect(fromModel(file, { inputs: { b: input('b', [3]) } }).inputs.a.shape).toEqual([3]);
  });

  it('makes parameters of the stored tensors that it is told, and gradients reach them', () => {
    const x = input('x', [1, 2, 4, 4]);
    const { outputs, parameters } = fromModel(network(), {
      ...{ inputs: { x }, isParameter: (name) => name === 'weights', prefix: 'net/' },
    });
    expect(parameters.map(({ origin }) => origin.name)).toEqual(['net/weights']);
    const [gradient] = gradients(onnx.ReduceSum(outputs.y), parameters);
    expect(gradient.shape).toEqual([5, 48]);
    expect(fromModel(network()).parameters).toEqual([]);
  });

  it('joins two files that have the same names, told apart by prefixes', async () => {
    const [a, b] = ['a/', 'b/'].map((prefix) =>
      fromModel(network(), { prefix, isParameter: () => true, outputs: ['relu'] }),
    );
    const joined = toModel({ twice: onnx.Add(a.outputs.relu, b.outputs.relu) });
    const x = floats(1, 2, 4, 4);
    const { relu } = await runModel(toModel(fromModel(network(), { outputs: ['relu'] }).outputs), { x });
    const { twice } = await runModel(joined, { 'a/x': x, 'b/x': x });
    expect(twice.data).toEqual((relu.data as Float32Array).map((value) => 2 * value));
  });

  it('refuses a layer that is not there', () => {
    expect(() => fromModel(network(), { outputs: ['rellu'] })).toThrow(
      expect.objectContaining({ code: 'STRIATE_UNKNOWN_LAYER', hint: expect.stringContaining('"relu"') }),
    );
  });

  it('names the node whose inputs do not fit', () => {
    const file = makeFile({
      nodes: [node('MatMul', ['x', 'w'], ['y'])],
      inputs: { x: [2, 3] },
      outputs: ['y'],
      weights: { w: floats(4, 2) },
    });
    expect(() => fromModel(file)).toThrow(unread('MatMul', 'y', 'inner sizes differ'));
  });

  it('names the node that reads what nothing makes', () => {
    const file = makeFile({ nodes: [node('Relu', ['lost'], ['y'])], inputs: { x: [2] }, outputs: ['y'] });
    expect(() => fromModel(file)).toThrow(unread('Relu', 'y', 'nothing makes its input "lost"'));
  });
});

describe('an operator that is not known', () => {
  const withLrn = (declared: Parameters<typeof makeFile>[0]['declared']) =>
    makeFile({
      nodes: [
        node('LRN', ['x'], ['normalised'], [int('size', 3), float('alpha', 0.1)]),
        node('Neg', ['normalised'], ['y']),
      ],
      inputs: { x: ['N', 4, 2, 2] },
      outputs: ['y'],
      declared: declared ?? {},
    });

  it('passes through as the file says it, its sizes bound like all others', async () => {
    const file = withLrn({ normalised: [['N', 4, 2, 2]] });
    await expectSameBits(file, { x: floats(2, 4, 2, 2) });
    const { outputs } = fromModel(file, { inputs: { x: input('x', [5, 4, 2, 2]) } });
    expect(outputs.y.shape).toEqual([5, 4, 2, 2]);
  });

  it('is refused by its name and its node’s where the file does not say what comes out', () => {
    expect(() => fromModel(withLrn({}))).toThrow(unread('LRN', 'normalised', 'does not say'));
  });

  it('lets no gradient through', () => {
    const { inputs, outputs } = fromModel(withLrn({ normalised: [['N', 4, 2, 2]] }));
    expect(() => gradients(outputs.y, [inputs.x], outputs.y)).toThrow(
      expect.objectContaining({ code: 'STRIATE_GRADIENT_MISSING', context: { operator: 'LRN' } }),
    );
  });

  it('may be of another domain', async () => {
    const file = makeFile({
      nodes: [{ ...node('QuickGelu', ['x'], ['y'], [float('alpha', 1.7)]), domain: 'com.microsoft' }],
      inputs: { x: ['N'] },
      outputs: ['y'],
      declared: { y: [['N']] },
      domains: ['com.microsoft'],
    });
    await expectSameBits(file, { x: floats(5) });
  });

  it('brings its version with it where that is later than ours', async () => {
    const file = makeFile({
      nodes: [node('RMSNormalization', ['x', 'scale'], ['y'])],
      inputs: { x: ['N', 3] },
      outputs: ['y'],
      weights: { scale: floats(3) },
      declared: { y: [['N', 3]] },
      opset: 23,
    });
    const written = toModel(fromModel(file).outputs);
    expect(written.opsetImport).toEqual([{ domain: '', version: 23 }]);
    await expectSameBits(file, { x: floats(2, 3) });
  });

  it('is one that is known, with an attribute that is not', async () => {
    const file = makeFile({
      nodes: [node('Cast', ['x'], ['y'], [int('to', 1), int('saturate', 1)])],
      inputs: { x: [2, 3] },
      outputs: ['y'],
      declared: { y: [[2, 3]] },
    });
    await expectSameBits(file, { x: floats(2, 3) });
  });

  it('cannot hold a graph', () => {
    const file = makeFile({
      nodes: [node('If', ['x'], ['y'], [{ name: 'then_branch', type: 5 }])],
      inputs: { x: [1] },
      outputs: ['y'],
      declared: { y: [[1]] },
    });
    expect(() => fromModel(file)).toThrow(unread('If', 'y', 'then_branch'));
  });
});

describe('a Reshape that takes 0 for a size', () => {
  const file = (...sizes: number[]) =>
    makeFile({
      nodes: [node('Reshape', ['x', 'sizes'], ['y'], [int('allowzero', 1)])],
      inputs: { x: [2, 3] },
      outputs: ['y'],
      weights: { sizes: integersOf(...sizes) },
    });

  it('is read where there is none, though the file does not say what comes out', async () => {
    await expectSameBits(file(3, -1), { x: floats(2, 3) });
    expect(fromModel(file(3, -1)).outputs.y.shape).toEqual([3, 2]);
  });

  it('is refused where there is one, which would take over a size otherwise', () => {
    expect(() => fromModel(file(0, 3))).toThrow(unread('Reshape', 'y', 'allowzero'));
  });
});

describe('sizes that are computed when run', () => {
  const file = (declared: Parameters<typeof makeFile>[0]['declared']) =>
    makeFile({
      nodes: [
        node('Shape', ['x'], ['shape']),
        node('Slice', ['shape', 'zero', 'one'], ['batch']),
        node('Concat', ['batch', 'rest'], ['sizes'], [int('axis', 0)]),
        node('Reshape', ['x', 'sizes'], ['y']),
      ],
      inputs: { x: ['N', 2, 3] },
      outputs: ['y'],
      weights: { zero: integersOf(0), one: integersOf(1), rest: integersOf(-1) },
      declared: { shape: [[3], 'int64'], ...declared },
    });

  it('need the file to say what comes out', async () => {
    const x = floats(4, 2, 3);
    await expectSameBits(file({ y: [['N', 6]] }), { x });
    const { inputs, outputs } = fromModel(file({ y: [['N', 6]] }), { inputs: { x: input('x', [4, 2, 3]) } });
    expect(gradients(outputs.y, [inputs.x], outputs.y)[0].shape).toEqual([4, 2, 3]);
    expect(() => fromModel(file({}))).toThrow(unread('Reshape', 'y', 'constant'));
  });

  it('may be factors of a Resize', async () => {
    const resized = (declared: Parameters<typeof makeFile>[0]['declared']) =>
      makeFile({
        nodes: [node('Abs', ['factors'], ['scales']), node('Resize', ['x', '', 'scales'], ['y'])],
        inputs: { x: ['N', 2, 3], factors: [3] },
        outputs: ['y'],
        declared: { scales: [[3]], ...declared },
      });
    const factors = { dtype: 'float32' as const, shape: [3], data: Float32Array.of(1, 2, 2) };
    await expectSameBits(resized({ y: [['N', 4, 6]] }), { x: floats(4, 2, 3), factors });
    expect(() => fromModel(resized({}))).toThrow(unread('Resize', 'y', 'constant'));
  });
});

describe('nodes of older versions', () => {
  const x = floats(2, 6);
  const read = (opset: number, nodes: Parameters<typeof makeFile>[0]['nodes'], outputs = ['y']) =>
    makeFile({ nodes, inputs: { x: ['N', 6] }, outputs, opset });

  it.each([
    ['Clip', 10, [node('Clip', ['x'], ['y'], [float('min', -0.5), float('max', 0.25)])]],
    ['Clip from below', 10, [node('Clip', ['x'], ['y'], [float('min', -0.5)])]],
    ['Dropout', 11, [node('Dropout', ['x'], ['y'], [float('ratio', 0.5)])]],
    ['Dropout with its share', 13, [node('Dropout', ['x'], ['y'])]],
    ['LogSoftmax', 12, [node('LogSoftmax', ['x'], ['y'])]],
    ['Pad', 10, [node('Pad', ['x'], ['y'], [ints('pads', 0, 1, 0, 2), float('value', 3)])]],
    ['ReduceSum', 12, [node('ReduceSum', ['x'], ['y'], [ints('axes', 1), int('keepdims', 0)])]],
    ['ReduceMean', 17, [node('ReduceMean', ['x'], ['y'], [ints('axes', -1)])]],
    ['ReduceMax of all', 17, [node('ReduceMax', ['x'], ['y'])]],
    ['Slice', 9, [node('Slice', ['x'], ['y'], [ints('starts', 1), ints('ends', 5), ints('axes', 1)])]],
    ['Softmax', 12, [node('Softmax', ['x'], ['y'], [int('axis', 1)])]],
    ['Squeeze', 12, [node('Unsqueeze', ['x'], ['z'], [ints('axes', 0)]), node('Squeeze', ['z'], ['y'])]],
  ])('%s (version %i) computes the same bits', async (_, opset, nodes) => {
    await expectSameBits(read(opset, nodes), { x });
  });

  it.each([
    ['says the lengths of its parts in an attribute', 12, [ints('split', 2, 4), int('axis', 1)]],
    ['makes equal parts', 13, [int('axis', 1)]],
    ['says how many parts', 18, [int('axis', 1), int('num_outputs', 2)]],
  ])('a Split that %s (version %i) computes the same bits', async (_, opset, attributes) => {
    await expectSameBits(read(opset, [node('Split', ['x'], ['a', 'b'], attributes)], ['a', 'b']), { x });
  });

  it('a GridSample by its former names computes the same bits', async () => {
    const file = makeFile({
      nodes: [node('GridSample', ['x', 'grid'], ['y'], [text('mode', 'bilinear')])],
      inputs: { x: [1, 1, 3, 3], grid: [1, 2, 2, 2] },
      outputs: ['y'],
      declared: { y: [[1, 1, 2, 2]] },
      opset: 16,
    });
    await expectSameBits(file, { x: floats(1, 1, 3, 3), grid: floats(1, 2, 2, 2) });
  });

  it.each([
    ['no output', 'kj,ik', [3, 2], [4, 3]],
    ['axes without a name', '...ij,...jk->...ik', [5, 2, 3], [5, 3, 4]],
    ['both', 'b...a,...', [2, 4, 5, 3], [4, 5]],
    ['an operand without such axes', '...i,ij->...j', [2, 5, 3], [3, 4]],
  ])('an Einsum with %s computes the same bits', async (_, equation, a, b) => {
    const file = makeFile({
      nodes: [node('Einsum', ['a', 'b'], ['y'], [text('equation', equation)])],
      inputs: { a, b },
      outputs: ['y'],
    });
    await expectSameBits(file, { a: floats(...a), b: floats(...b) });
  });

  it('a Softmax over several axes at once is refused', () => {
    const file = (axis: number) => read(12, [node('Softmax', ['x'], ['y'], [int('axis', axis)])]);
    expect(() => fromModel(file(0))).toThrow(unread('Softmax', 'y', 'all axes from 0 on'));
  });

  it('nodes before version 7 are refused', () => {
    expect(() => fromModel(read(6, [node('Relu', ['x'], ['y'])]))).toThrow(unread('Relu', 'y', 'version 6'));
  });
});

describe('constants of a file', () => {
  it('may be nodes', async () => {
    const file = makeFile({
      nodes: [
        node('Constant', [], ['a'], [float('value_float', 2)]),
        node('Constant', [], ['b'], [{ name: 'value_floats', type: 6, floats: [1, 2, 3] }]),
        node('Constant', [], ['sizes'], [ints('value_ints', 3, 1)]),
        node('Constant', [], ['axis'], [int('value_int', 0)]),
        node('Mul', ['x', 'a'], ['ax']),
        node('Add', ['ax', 'b'], ['sum']),
        node('Reshape', ['sum', 'sizes'], ['column']),
        node('Gather', ['column', 'axis'], ['y']),
      ],
      inputs: { x: [3] },
      outputs: ['y', 'sum'],
    });
    await expectSameBits(file, { x: floats(3) });
  });

  it('quantised ones are turned into floats', async () => {
    const bytes = { dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(0, 100, 200, 255) } as const;
    const zero = { dtype: 'uint8', shape: [2], data: Uint8Array.of(128, 0) } as const;
    const file = makeFile({
      nodes: [
        node('DequantizeLinear', ['bytes', 'scale', 'zero'], ['w'], [int('axis', 0)]),
        node('MatMul', ['x', 'w'], ['y']),
      ],
      inputs: { x: ['N', 2] },
      outputs: ['y'],
      weights: { bytes, zero, scale: floats(2) },
    });
    await expectSameBits(file, { x: floats(3, 2) });
  });
});
