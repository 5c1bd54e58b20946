import { tensor, type Tensor } from '../session/tensor.js';
import { decodeTensor, encodeTensor } from './stored-tensor.js';

const unread = (reason: string) =>
  expect.objectContaining({
    code: 'STRIATE_ONNX_WEIGHT_UNREAD',
    context: { weight: 'w', reason: expect.stringContaining(reason) },
  });

const TENSORS: readonly Tensor[] = [
  tensor('float16', [2], Uint16Array.of(0x3c00, 0xc000)),
  tensor('float32', [2, 1], Float32Array.of(1.5, -2)),
  tensor('float64', [1, 2], Float64Array.of(1 / 3, -2)),
  tensor('int32', [2], Int32Array.of(-1, 2 ** 31 - 1)),
  tensor('int64', [2], BigInt64Array.of(-1n, 2n ** 62n)),
  tensor('uint8', [2], Uint8Array.of(0, 255)),
  tensor('bool', [2], Uint8Array.of(0, 1)),
];

describe('decodeTensor', () => {
  it.each(TENSORS)('reads bytes of $dtype, wherever they begin', (value) => {
    const stored = encodeTensor(value);
    expect(decodeTensor(stored, 'w')).toEqual(value);
    const moved = new Uint8Array(1 + stored.rawData!.length);
    moved.set(stored.rawData!, 1);
    expect(decodeTensor({ ...stored, rawData: moved.subarray(1) }, 'w')).toEqual(value);
  });

  it('leaves aligned bytes where they are', () => {
    const value = tensor('float32', [2], Float32Array.of(1, 2));
    expect(decodeTensor(encodeTensor(value), 'w').data.buffer).toBe(value.data.buffer);
  });

  it.each([
    [TENSORS[0], { int32Data: [0x3c00, 0xc000] }],
    [TENSORS[1], { floatData: [1.5, -2] }],
    [TENSORS[2], { doubleData: [1 / 3, -2] }],
    [TENSORS[3], { int32Data: [-1, 2 ** 31 - 1] }],
    [tensor('int64', [2], BigInt64Array.of(-1n, 7n)), { int64Data: [-1, 7] }],
    [TENSORS[5], { int32Data: [0, 255] }],
    [TENSORS[6], { int32Data: [0, 1] }],
  ])('reads numbers that are listed one by one (case %#)', (value, listed) => {
    const { rawData: _, ...head } = encodeTensor(value);
    expect(decodeTensor({ ...head, ...listed }, 'w')).toEqual(value);
  });

  it('reads a tensor without elements', () => {
    expect(decodeTensor(encodeTensor(tensor('float32', [0, 3], new Float32Array())), 'w').shape).toEqual([
      0, 3,
    ]);
  });

  it('refuses elements that are not known, lie elsewhere or are too few', () => {
    const stored = encodeTensor(tensor('float32', [2], Float32Array.of(1, 2)));
    expect(() => decodeTensor({ ...stored, dataType: 3 }, 'w')).toThrow(unread('type 3'));
    expect(() => decodeTensor({ ...stored, dataLocation: 1 }, 'w')).toThrow(unread('beside the model'));
    expect(() => decodeTensor({ ...stored, dims: [3] }, 'w')).toThrow(unread('2 elements of [3]'));
  });
});
