import { decodeModel, encodeModel, type OnnxModel } from './model.js';
import { openSession } from '../session/session.js';

const FLOAT = 1;
const matrix = (name: string, rows: string, columns: string) => ({
  name,
  type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimParam: rows }, { dimParam: columns }] } } },
});

const product: OnnxModel = {
  irVersion: 10,
  opsetImport: [{ domain: '', version: 21 }],
  metadataProps: [{ key: 'source', value: 'a test' }],
  graph: {
    name: 'product',
    node: [{ opType: 'MatMul', input: ['a', 'b'], output: ['c'] }],
    initializer: [],
    input: [matrix('a', 'n', 'k'), matrix('b', 'k', 'm')],
    output: [matrix('c', 'n', 'm')],
    valueInfo: [],
  },
};

describe('encodeModel', () => {
  it('writes a graph that ONNX Runtime runs', async () => {
    const session = await openSession(encodeModel(product));
    const a = { dtype: 'float32' as const, shape: [1, 2], data: Float32Array.of(2, 3) };
    const b = { dtype: 'float32' as const, shape: [2, 1], data: Float32Array.of(5, 7) };
    const { c } = await session.run({ a, b });
    expect(Array.from(c.data as Float32Array)).toEqual([31]);
    await session.dispose();
    await expect(session.run({ a, b })).rejects.toMatchObject({ code: 'STRIATE_USED_AFTER_DISPOSE' });
  });

  it('writes into the buffer of the caller', async () => {
    const session = await openSession(encodeModel(product));
    const a = { dtype: 'float32' as const, shape: [1, 2], data: Float32Array.of(2, 3) };
    const c = { dtype: 'float32' as const, shape: [1, 1], data: new Float32Array(1) };
    await session.run({ a, b: { ...a, shape: [2, 1] } }, { c });
    expect(c.data[0]).toBe(13);
    await session.dispose();
  });
});

describe('encodeModel, given more weights than the format holds', () => {
  it('refuses them, and says how many there are', () => {
    const rawData = new Uint8Array(2 ** 30); // never touched: it takes no memory
    const initializer = ['a', 'b'].map((name) => ({ name, dims: [2 ** 28], dataType: FLOAT, rawData }));
    expect(() => encodeModel({ ...product, graph: { ...product.graph, initializer } })).toThrow(
      expect.objectContaining({
        code: 'STRIATE_ONNX_TOO_LARGE',
        context: expect.objectContaining({ bytes: 2 ** 31 }),
      }),
    );
  });
});

describe('decodeModel', () => {
  it('gives back what was encoded', () => {
    const again = decodeModel(encodeModel(product), 'memory');
    expect(again.graph.node[0].opType).toBe('MatMul');
    expect(again.metadataProps[0].value).toBe('a test');
  });

  it('refuses a file that is cut short', () => {
    const bytes = encodeModel(product);
    expect(() => decodeModel(bytes.subarray(0, bytes.length - 5), 'half.onnx')).toThrow(
      expect.objectContaining({ code: 'STRIATE_ONNX_MALFORMED' }),
    );
  });
});
