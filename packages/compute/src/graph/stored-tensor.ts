// Tensors as they stand in a file.

import { onnxWeightUnread } from '@striate/contracts';
import { toNumber, type OnnxTensor } from '../onnx/model.js';
import { ELEMENT_ARRAYS, type Dtype, type Tensor, type TensorData } from '../session/tensor.js';
import { ONNX_TYPES } from './operators/elementwise.js';

/** Elements stay a view of the typed array: nothing is copied before the bytes are written. */
export function encodeTensor({ dtype, shape, data }: Tensor, name?: string): OnnxTensor {
  return {
    ...(name === undefined ? {} : { name }),
    dims: [...shape],
    dataType: ONNX_TYPES[dtype],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

/** The type of elements that ONNX has a number for; `undefined` for one that sessions here do not take. */
export function dtypeOf(elemType: number): Dtype | undefined {
  return (Object.keys(ONNX_TYPES) as Dtype[]).find((dtype) => ONNX_TYPES[dtype] === elemType);
}

/**
 * Read a tensor of a file: a view of the file's bytes where they are aligned.
 *
 * @param name For messages.
 * @throws {CapabilityError} `STRIATE_ONNX_WEIGHT_UNREAD` if its elements are of a type that is not known here, stand in
 *   another file, or are not as many as its shape says.
 */
export function decodeTensor(stored: OnnxTensor, name: string): Tensor {
  const fail = (reason: string): never => {
    throw onnxWeightUnread({ weight: name, reason });
  };
  const dtype = dtypeOf(stored.dataType) ?? fail(`elements of ONNX's type ${stored.dataType} are not read`);
  if (stored.dataLocation === EXTERNAL) fail('its elements stand in a file beside the model');
  const shape = (stored.dims ?? []).map(toNumber);
  const count = shape.reduce((product, size) => product * size, 1);
  const data = stored.rawData?.length ? ofBytes(dtype, stored.rawData) : ofNumbers(dtype, stored);
  if (data.length !== count) fail(`it holds ${data.length} elements of [${shape.join(', ')}]`);
  return { dtype, shape, data };
}

const EXTERNAL = 1;

function ofBytes(dtype: Dtype, bytes: Uint8Array): TensorData[Dtype] {
  const Elements = ELEMENT_ARRAYS[dtype];
  const size = Elements.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new Elements(aligned.buffer as ArrayBuffer, aligned.byteOffset, Math.floor(bytes.length / size));
}

/** Small files list elements one by one; what has no list of its own is in that of int32, halves as their bits. */
function ofNumbers(dtype: Dtype, stored: OnnxTensor): TensorData[Dtype] {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(stored.floatData ?? []);
    case 'float64':
      return Float64Array.from(stored.doubleData ?? []);
    case 'int64':
      return BigInt64Array.from(stored.int64Data ?? [], (value) => BigInt(String(value)));
    default:
      return ELEMENT_ARRAYS[dtype as 'int32'].from(stored.int32Data ?? []);
  }
}
