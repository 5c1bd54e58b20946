// The linear readout of the paper, as it was released: trained by steps, one penalty for all voxels together.

import { onnx, parameter, staticShape, type Value } from '@striate/compute';
import type { GraphReadout } from '../trained/graph-readout.js';
import { createTrainedReadout } from '../trained/trained-readout.js';

/**
 * Weights that are updated together: a step then works in the processor's cache, and keeps no copy of all weights beside
 * what it remembers of them.
 */
const BLOCK_WEIGHTS = 2 ** 21;

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
  version: 3,
  readers: {},
  describe: () =>
    'Linear readout of the whole map, trained by steps, penalised by the norm (not squared) of all weights together',
  countParameters: ({ nVoxels, map: [channels, height, width] }) => nVoxels * (channels * height * width + 1),
  countActivations: ({ nVoxels, map: [channels, height, width] }) => channels * height * width + nVoxels,
  open({ nVoxels, map }, _, random) {
    const nFeatures = map.reduce((product, size) => product * size, 1);
    const bound = 1 / Math.sqrt(nFeatures);
    const blocks = cutVoxels(nVoxels, nFeatures).map((length, block) =>
      parameter(`weights/${block}`, random.uniform([length, nFeatures], -bound, bound)),
    );
    const bias = parameter('bias', random.uniform([nVoxels], -bound, bound));
    return {
      parameters: [...blocks, bias],
      build: ({ map: value }) => {
        const x = flat(value);
        const y = blocks.map((weights) => onnx.Gemm(x, weights, undefined, { transB: true }));
        return onnx.Add(onnx.Concat(y, 1), bias);
      },
      penalty: () => onnx.Add(norm(...blocks), norm(bias)),
    };
  },
};

/** Make the `linear-sgd` readout. */
export const create = () => createTrainedReadout(linearSgd);

function flat(map: Value): Value {
  const [batch, ...shape] = staticShape('linear-sgd', map);
  return onnx.Reshape(map, [batch, shape.reduce((product, size) => product * size, 1)]);
}

/** Numbers of voxels whose weights make a block. */
function cutVoxels(nVoxels: number, nFeatures: number): readonly number[] {
  const perBlock = Math.max(1, Math.floor(BLOCK_WEIGHTS / nFeatures));
  return Array.from({ length: Math.ceil(nVoxels / perBlock) }, (_, block) =>
    Math.min(perBlock, nVoxels - block * perBlock),
  );
}

/** Euclidean, of all together. */
function norm(...parts: readonly Value[]): Value {
  return onnx.Sqrt(parts.map((part) => onnx.ReduceSumSquare(part)).reduce(onnx.Add));
}
