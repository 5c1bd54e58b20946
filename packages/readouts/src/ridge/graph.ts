// Fitted ridge as a graph, for export.

import { constant, onnx, type Value } from '@striate/compute';
import type { WeightsOfGroup } from './fitted.js';

/**
 * Predict with weights that stand in the graph: y = x W + b for each group, then every voxel at its place.
 *
 * @param features float32 [1, ...row].
 * @returns float32 [1, voxel]; NaN for a voxel that is in no group.
 */
export function linearGraph(groups: readonly WeightsOfGroup[], nVoxels: number, features: Value): Value {
  const x = onnx.Reshape(features, [1, -1]);
  const predictions = groups.map(({ weights, intercepts }) => {
    const w = constant('float32', [weights.rows, weights.columns], Float32Array.from(weights.data));
    const b = constant('float32', [intercepts.length], Float32Array.from(intercepts));
    return onnx.Gemm(x, w, b);
  });
  return atTheirPlaces(predictions, groups, nVoxels);
}

/**
 * Put what is predicted of groups of voxels at the places of these voxels.
 *
 * @param predictions float32 [1, voxel of the group], one per group.
 * @returns float32 [1, voxel]; NaN for a voxel that is in no group.
 */
export function atTheirPlaces(
  predictions: readonly Value[],
  groups: readonly { readonly voxels: Int32Array }[],
  nVoxels: number,
): Value {
  const unmeasured = constant('float32', [1, 1], Float32Array.of(Number.NaN));
  const places = new BigInt64Array(nVoxels); // 0: the column of NaN
  groups
    .flatMap(({ voxels }) => [...voxels])
    .forEach((voxel, column) => (places[voxel] = BigInt(column + 1)));
  return onnx.Gather(onnx.Concat([unmeasured, ...predictions], 1), constant('int64', [nVoxels], places), 1);
}
