// The linear readout of the paper, as it was released: trained by steps, one penalty for all voxels together.

import { onnx, parameter, staticShape, type Value } from '@striate/compute';
import type { GraphReadout } from '../trained/graph-readout.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

/**
 * `y = W vec(x) + b`, penalised by |W|_F + |b|_2, the norms not squared; W and b from U(-1/sqrt(n), 1/sqrt(n)).
 *
 * A weak baseline, kept so that the published comparison can be repeated; `ridge` is the strong one.
 *
 * @source the code released with arXiv 2410.14031; first weights as PyTorch's Linear.
 */
const linearSgd: GraphReadout<object> = {
  id: 'linear-sgd',
  title: 'Linear readout trained by gradient steps, as released with the paper',
  version: 2,
  readers: {},
  describe: () =>
    'Linear readout of the whole map, trained by steps, penalised by the norm (not squared) of all weights together',
  countParameters: ({ nVoxels, map: [channels, height, width] }) => nVoxels * (channels * height * width + 1),
  countActivations: ({ nVoxels, map: [channels, height, width] }) => channels * height * width + nVoxels,
  open({ nVoxels, map }, _, random) {
    const nFeatures = map.reduce((product, size) => product * size, 1);
    const bound = 1 / Math.sqrt(nFeatures);
    const weights = parameter('weights', random.uniform([nVoxels, nFeatures], -bound, bound));
    const bias = parameter('bias', random.uniform([nVoxels], -bound, bound));
    return {
      parameters: [weights, bias],
      build: ({ map: value }) => onnx.Gemm(flat(value), weights, bias, { transB: true }),
      penalty: () => onnx.Add(norm(weights), norm(bias)),
    };
  },
};

/** Make the `linear-sgd` readout. */
export const create = () => createTrainedReadout(linearSgd);

function flat(map: Value): Value {
  const [batch, ...shape] = staticShape('linear-sgd', map);
  return onnx.Reshape(map, [batch, shape.reduce((product, size) => product * size, 1)]);
}

function norm(x: Value): Value {
  return onnx.Sqrt(onnx.ReduceSumSquare(x));
}
