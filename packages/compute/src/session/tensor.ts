/** Types of elements that sessions take and return, by their ONNX Runtime names. */
export interface TensorData {
  /** Bits of half-precision floats. */
  float16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

export type Dtype = keyof TensorData;

/** The typed array that holds each type's elements. */
export const ELEMENT_ARRAYS = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const satisfies { readonly [D in Dtype]: new (buffer: ArrayBuffer) => TensorData[D] };

/** A dense tensor, C order. */
export interface Tensor<D extends Dtype = Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: TensorData[D];
}

/** Name a typed array's shape; not copied. */
export function tensor<D extends Dtype>(dtype: D, shape: readonly number[], data: TensorData[D]): Tensor<D> {
  return { dtype, shape, data };
}

/** Zeros of the same type and shape as another tensor: memory that the system hands out when it is first written. */
export function zerosLike({ dtype, shape, data }: Tensor): Tensor {
  return { dtype, shape, data: new ELEMENT_ARRAYS[dtype](data.length) };
}
