import { decodeModel, encodeModel } from '../onnx/model.js';
import { openSession } from '../session/session.js';
import { tensor } from '../session/tensor.js';
import { constant, evaluate, input, onnx, parameter, scalar, toModel } from './index.js';

const floats = (shape: number[], values: number[]) => tensor('float32', shape, Float32Array.from(values));
const numbers = (data: unknown) => [...(data as Float32Array)];
const twice = (name: string) =>
  expect.objectContaining({ code: 'STRIATE_GRAPH_NAME_TWICE', context: { name } });

describe('toModel', () => {
  const x = input('x', [2]);

  it('gives one value out under two names', async () => {
    const y = onnx.Neg(x);
    const result = await evaluate({ a: y, b: y }, { x: floats([2], [1, 2]) });
    expect([numbers(result.a.data), numbers(result.b.data)]).toEqual([
      [-1, -2],
      [-1, -2],
    ]);
  });

  it('gives inputs, constants and parameters out directly', async () => {
    const weights = parameter('weights', floats([1], [5]));
    const fixed = constant('int64', [2], BigInt64Array.of(-3n, 4n));
    const result = await evaluate({ passed: x, weights2: weights, fixed }, { x: floats([2], [1, 2]) });
    expect(numbers(result.passed.data)).toEqual([1, 2]);
    expect(numbers(result.weights2.data)).toEqual([5]);
    expect(result.fixed.data).toEqual(BigInt64Array.of(-3n, 4n));
  });

  it('gives a value out that another output is made from', async () => {
    const y = onnx.Neg(x);
    const result = await evaluate({ z: onnx.Neg(y), y }, { x: floats([2], [1, 2]) });
    expect([numbers(result.z.data), numbers(result.y.data)]).toEqual([
      [1, 2],
      [-1, -2],
    ]);
  });

  it('leaves a second output of a node unread', async () => {
    const [, second] = onnx.Split(x, [1, 1]);
    expect(numbers((await evaluate({ second }, { x: floats([2], [1, 2]) })).second.data)).toEqual([2]);
  });

  it('refuses two tensors of one name', () => {
    const other = input('x', [2]);
    expect(() => toModel({ y: onnx.Add(x, other) })).toThrow(twice('x'));
    expect(() => toModel({ y: onnx.Mul(x, parameter('x', floats([1], [1]))) })).toThrow(twice('x'));
    expect(() => toModel({ x: onnx.Neg(x) })).toThrow(twice('x'));
    expect(() => toModel({ y: onnx.Add(x, x) })).not.toThrow();
  });

  it('steps aside where a name of its own is taken', async () => {
    const odd = input('Neg_1', [2]);
    const y = onnx.Neg(onnx.Neg(odd));
    const result = await evaluate({ Neg_2: onnx.Abs(y) }, { Neg_1: floats([2], [-1, 2]) });
    expect(numbers(result.Neg_2.data)).toEqual([1, 2]);
  });

  it('stores a parameter in the model unless it is to be fed', async () => {
    const weights = parameter('weights', floats([2], [10, 20]));
    const y = onnx.Mul(x, weights);
    const stored = toModel({ y });
    expect(stored.graph!.input!.map(({ name }) => name)).toEqual(['x']);
    expect(stored.graph!.initializer!.map(({ name }) => name)).toEqual(['weights']);
    const fed = toModel({ y }, { inputs: [weights] });
    expect(fed.graph!.input!.map(({ name }) => name)).toEqual(['x', 'weights']);
    expect(fed.graph!.initializer).toEqual([]);
    const session = await openSession(encodeModel(fed));
    const result = await session.run({ x: floats([2], [1, 2]), weights: floats([2], [3, 4]) });
    expect(numbers(result.y.data)).toEqual([3, 8]);
    await session.dispose();
  });

  it('declares inputs that no output reads', () => {
    const model = toModel({ y: onnx.Neg(x) }, { inputs: [input('mask', [3], 'bool')] });
    expect(model.graph!.input!.map(({ name }) => name)).toEqual(['x', 'mask']);
  });

  it('leaves a size open that has a name: the same session runs batches of any size', async () => {
    const images = input('images', ['batch', 2]);
    const y = onnx.ReduceSum(onnx.Mul(images, scalar(2)), { axes: [1] });
    const session = await openSession(encodeModel(toModel({ y })));
    for (const nImages of [1, 3]) {
      const result = await session.run({ images: floats([nImages, 2], Array<number>(2 * nImages).fill(1)) });
      expect(result.y.shape).toEqual([nImages]);
      expect(numbers(result.y.data)).toEqual(Array<number>(nImages).fill(4));
    }
    await session.dispose();
  });

  it('writes opset, description and metadata, and asks for the domain of ONNX Runtime only where it is used', () => {
    const bytes = encodeModel(
      toModel({ y: onnx.Neg(x) }, { opset: 18, description: 'minus x', metadata: { layer: 'V4' } }),
    );
    const model = decodeModel(bytes, 'a test');
    expect(model.metadataProps).toEqual([{ key: 'layer', value: 'V4' }]);
    expect(model.docString).toBe('minus x');
    expect(model.opsetImport).toHaveLength(1);
    expect(Number(model.opsetImport![0].version)).toBe(18);
  });

  it('orders a graph that is deeper than the stack', () => {
    let y = x;
    for (let depth = 0; depth < 20_000; depth++) y = onnx.Neg(y);
    expect(toModel({ y }).graph!.node).toHaveLength(20_000);
  });
});
