// From the tensors of a session to one vector per text and layer.

import { widenHalves, type Tensor } from '@striate/compute';
import type { TextLayer } from '../model/language-model.js';
import { normalise, poolTokens } from './pool.js';

/** Does a measured value have what a layer is read from: floats, [text, token, feature] or [text, feature]? */
export function isReadable(
  { pooling }: TextLayer,
  { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>,
  batchSize: number,
): boolean {
  const isFloat = dtype === 'float32' || dtype === 'float16';
  return isFloat && shape[0] === batchSize && shape.length === (pooling ? 3 : 2);
}

/**
 * Read the vectors of the first texts of a batch.
 *
 * @param value [text, token, feature] for a layer that is pooled, else [text, feature].
 * @param count Texts to read.
 * @returns Per text [feature], each in a buffer of its own.
 */
export function readVectors(layer: TextLayer, value: Tensor, count: number): readonly Float32Array[] {
  const all =
    value.dtype === 'float16' ? widenHalves(value.data as Uint16Array) : (value.data as Float32Array);
  const size = all.length / value.shape[0];
  return Array.from({ length: count }, (_, i) =>
    readVector(layer, all.slice(i * size, (i + 1) * size), value),
  );
}

function readVector(
  { pooling, isNormalised }: TextLayer,
  values: Float32Array,
  { shape }: Tensor,
): Float32Array {
  const vector = pooling ? poolTokens(values, shape[2], pooling) : values;
  return isNormalised ? normalise(vector) : vector;
}
