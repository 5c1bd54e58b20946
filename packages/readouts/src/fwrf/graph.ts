// Fitted fwRF as a graph, for export.

import { constant, onnx, type Value } from '@striate/compute';
import { weighPixels } from './fields.js';
import type { FittedFields } from './fitted.js';
import { groupByField } from './group-by-field.js';

/**
 * y_v = sum_c w_vc sum_p g_v(p) map_c(p) + b_v, each field pooled once for all voxels that look through it.
 *
 * @param features float32 [1, channel, height, width], or a vector [1, channel].
 * @returns float32 [1, voxel]; NaN for a voxel that was not fitted.
 */
export function fieldsGraph(fitted: FittedFields, features: Value): Value {
  const { shape, weights, intercepts } = fitted;
  const [channels, height, width] = shape;
  const nVoxels = intercepts.length;
  const looking = groupByField(fitted);
  const places = new BigInt64Array(nVoxels); // a voxel that was not fitted looks anywhere: its intercept is NaN
  looking.forEach(({ voxels }, field) => voxels.forEach((voxel) => (places[voxel] = BigInt(field))));
  const fields = looking.length > 0 ? looking.map(({ field }) => field) : [{ x: 0, y: 0, size: 1 }];
  const masks = weighPixels(fields, [height, width]);
  const map = onnx.Reshape(features, [channels, height * width]);
  const pooled = onnx.Gemm(map, constant('float32', [masks.rows, masks.columns], masks.data), undefined, {
    transB: true,
  });
  const seen = onnx.Gather(pooled, constant('int64', [nVoxels], places), 1);
  const w = constant('float32', [channels, nVoxels], Float32Array.from(weights.data));
  const b = constant('float32', [1, nVoxels], Float32Array.from(intercepts));
  return onnx.Add(onnx.ReduceSum(onnx.Mul(seen, w), { axes: [0], keepdims: true }), b);
}
