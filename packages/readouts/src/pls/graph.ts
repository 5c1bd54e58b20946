// Fitted partial least squares as a graph, for export.

import { constant, onnx, type Matrix, type Value } from '@striate/compute';
import { atTheirPlaces } from '../ridge/graph.js';
import type { FittedGroup } from './fitted.js';

/**
 * Predict through scores: y = ((x - means) rotations) loadings' + intercepts for each group, then every voxel at its place.
 *
 * @param features float32 [1, ...row].
 * @returns float32 [1, voxel]; NaN for a voxel that is in no group.
 */
export function componentsGraph(groups: readonly FittedGroup[], nVoxels: number, features: Value): Value {
  const x = onnx.Reshape(features, [1, -1]);
  const predictions = groups.map(({ means, rotations, loadings, intercepts }) => {
    const constants = row(intercepts);
    if (loadings.columns === 0) return constants;
    const scores = onnx.MatMul(onnx.Sub(x, row(means)), constantMatrix(rotations));
    return onnx.Gemm(scores, constantMatrix(loadings), constants, { transB: true });
  });
  return atTheirPlaces(predictions, groups, nVoxels);
}

function row(values: Float64Array): Value {
  return constant('float32', [1, values.length], Float32Array.from(values));
}

function constantMatrix({ rows, columns, data }: Matrix): Value {
  return constant('float32', [rows, columns], Float32Array.from(data));
}
