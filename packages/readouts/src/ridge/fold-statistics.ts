// One graph per fold: predictions of a batch of voxels at all chosen penalties, and at once the few sums from which
// the error at every penalty follows. The predictions never leave the engine.

import { encodeModel, openSession, type OnnxModel, type Precision, type Session } from '@striate/compute';

export interface FoldStatistics {
  /** [voxel, chosen, chosen]: inner products of predictions. */
  readonly gram: Float32Array | Float64Array;
  /** [voxel, chosen]: inner products of predictions and responses. */
  readonly cross: Float32Array | Float64Array;
  /** [voxel, chosen]: sums of predictions. */
  readonly sums: Float32Array | Float64Array;
}

const ELEMENT_TYPE: Record<Precision, number> = { float32: 1, float64: 11 };
const INT64 = 7;

/**
 * Open the graph.
 *
 * Inputs: `rotated` [n, voxel], `resolvent` [n, chosen * stimulus], `responses` [voxel, 1, stimulus],
 * `shape` = (-1, chosen, stimulus).
 */
export function openStatistics(precision: Precision): Promise<Session> {
  return openSession(encodeModel(statisticsModel(precision)), { name: "ridge's cross-validation" });
}

function statisticsModel(precision: Precision): OnnxModel {
  const value = (name: string, rank: number, elemType = ELEMENT_TYPE[precision]) => {
    const dim = Array.from({ length: rank }, (_, i) => ({ dimParam: `${name}${i}` }));
    return { name, type: { tensorType: { elemType, shape: { dim } } } };
  };
  return {
    irVersion: 10,
    opsetImport: [
      { domain: '', version: 17 },
      { domain: 'com.microsoft', version: 1 },
    ],
    metadataProps: [],
    graph: {
      name: 'fold statistics',
      node: [
        fusedProduct('rotated', 'resolvent', 'flat', 'transA'),
        { opType: 'Reshape', input: ['flat', 'shape'], output: ['predictions'] },
        fusedProduct('predictions', 'predictions', 'gram', 'transB'),
        fusedProduct('predictions', 'responses', 'cross', 'transB'),
        { opType: 'ReduceSum', input: ['predictions', 'axis'], output: ['sums'] },
      ],
      initializer: [{ name: 'axis', dims: [1], dataType: INT64, int64Data: [2] }],
      input: [value('rotated', 2), value('resolvent', 2), value('responses', 3), value('shape', 1, INT64)],
      output: [value('gram', 3), value('cross', 3), value('sums', 3)],
      valueInfo: [],
    },
  };
}

function fusedProduct(a: string, b: string, output: string, transposed: 'transA' | 'transB') {
  const attribute = [{ name: transposed, type: 2, i: 1 }];
  return { opType: 'FusedMatMul', domain: 'com.microsoft', input: [a, b], output: [output], attribute };
}
