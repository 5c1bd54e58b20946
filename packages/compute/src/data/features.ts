import { rowLength, type FeatureRows } from '@striate/contracts';
import type { Tensor } from '../session/tensor.js';
import type { ReadBatch } from './loader.js';

/**
 * Read batches from features.
 *
 * @param inputs Input name of the graph → rows, all over the same stimuli.
 * @returns Tensors [batch, ...row shape], float32.
 */
export function readFeatures(inputs: Readonly<Record<string, FeatureRows>>): ReadBatch {
  return async (rows, into) => {
    const read = async ([name, features]: [string, FeatureRows]): Promise<[string, Tensor]> => {
      const data =
        (into?.[name].data as Float32Array | undefined) ??
        new Float32Array(rows.length * rowLength(features));
      const shape = [rows.length, ...features.rowShape];
      return [name, { dtype: 'float32', shape, data: await features.readRows(rows, data) }];
    };
    return Object.fromEntries(await Promise.all(Object.entries(inputs).map(read)));
  };
}
