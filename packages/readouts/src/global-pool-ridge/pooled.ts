import { onnx, type Value } from '@striate/compute';
import type { FeatureRows } from '@striate/contracts';
import { mapShapeOf } from '../features/map-shape.js';

/** Stimuli whose maps are in memory at once. */
const ROWS = 64;

/**
 * A view of feature maps in which each channel is its mean over all places.
 *
 * @param features [channel, height, width] per stimulus; vectors stay as they are.
 * @returns [feature] per stimulus: one feature per channel, summed in float64. NaN where a map holds NaN.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` for features without channels.
 */
export function poolGlobally(features: FeatureRows): FeatureRows {
  const [channels, height, width] = mapShapeOf('features for global-pool-ridge', features);
  const nPlaces = height * width;
  const means = (maps: Float32Array) =>
    Float32Array.from({ length: maps.length / nPlaces }, (_, i) => {
      let sum = 0;
      for (let at = i * nPlaces; at < (i + 1) * nPlaces; at++) sum += maps[at];
      return sum / nPlaces;
    });
  return {
    stimulusIds: features.stimulusIds,
    rowAxes: ['feature'],
    rowShape: [channels],
    dtype: 'float32',
    async readRows(rows, into = new Float32Array(rows.length * channels)) {
      const wanted = Int32Array.from(rows);
      for (let start = 0; start < wanted.length; start += ROWS) {
        const block = wanted.subarray(start, start + ROWS);
        into.set(means(await features.readRows(block)), start * channels);
      }
      return into;
    },
  };
}

/** The same as a graph: the mean over places of [1, channel, height, width]; vectors stay as they are. */
export function pooledGraph(features: Value): Value {
  return features.shape.length === 4 ? onnx.ReduceMean(features, { axes: [2, 3] }) : features;
}
