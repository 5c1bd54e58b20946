// Scales: training sees z-scores, so that learning rates and penalties mean the same for every unit of the data.

import { constant, onnx, type Value } from '@striate/compute';
import { rowLength, type FeatureRows, type MapShape, type MeanResponses } from '@striate/contracts';
import { readFinite } from './samples.js';

/** Per voxel, over the measured training responses. */
export interface ResponseScale {
  /** NaN for a voxel that was never measured. */
  readonly mean: Float64Array;
  /** Over n; 0 for a constant voxel. */
  readonly deviation: Float64Array;
}

/** Per channel: (x - mean) factor. */
export interface ChannelScale {
  readonly mean: Float32Array;
  /** 1 / standard deviation; 1 for a channel that is constant. */
  readonly factor: Float32Array;
}

/** Mean and standard deviation of what was measured of each voxel. */
export function scaleOfResponses({ values, observed }: MeanResponses, rows: Int32Array): ResponseScale {
  const nVoxels = values.shape[1];
  const { data } = values;
  const [count, mean, deviation] = [0, 1, 2].map(() => new Float64Array(nVoxels));
  const visit = (take: (voxel: number, value: number) => void) => {
    for (const row of rows) {
      for (let voxel = 0, i = row * nVoxels; voxel < nVoxels; voxel++, i++)
        if (!observed || observed[i]) take(voxel, data[i]);
    }
  };
  visit((voxel, value) => {
    count[voxel]++;
    mean[voxel] += value;
  });
  for (let voxel = 0; voxel < nVoxels; voxel++) mean[voxel] /= count[voxel]; // 0 / 0: never measured
  visit((voxel, value) => (deviation[voxel] += (value - mean[voxel]) ** 2));
  for (let voxel = 0; voxel < nVoxels; voxel++) {
    const sd = Math.sqrt(deviation[voxel] / count[voxel]);
    deviation[voxel] = sd <= 1e-12 * Math.abs(mean[voxel]) ? 0 : sd; // what rounding leaves of a constant
  }
  return { mean, deviation };
}

/** Rows read at once. */
const ROWS = 64;

/** Mean and standard deviation of each channel over stimuli and places, read in blocks. */
export async function scaleOfChannels(
  features: FeatureRows,
  rows: Int32Array,
  [channels, height, width]: MapShape,
): Promise<ChannelScale> {
  const places = height * width;
  const buffer = new Float32Array(Math.min(ROWS, rows.length) * rowLength(features));
  const [sum, squares] = [new Float64Array(channels), new Float64Array(channels)];
  for (let start = 0; start < rows.length; start += ROWS) {
    const part = rows.subarray(start, start + ROWS);
    const data = await readFinite(features, part, buffer);
    for (let at = 0, i = 0; i < part.length; i++)
      for (let c = 0; c < channels; c++)
        for (let end = at + places; at < end; at++) {
          sum[c] += data[at];
          squares[c] += data[at] * data[at];
        }
  }
  const n = rows.length * places;
  const mean = sum.map((total) => total / n);
  const factor = squares.map((total, c) => {
    const variance = total / n - mean[c] ** 2;
    return variance > 1e-12 * (total / n) ? 1 / Math.sqrt(variance) : 1;
  });
  return { mean: Float32Array.from(mean), factor: Float32Array.from(factor) };
}

/** (map - mean) factor for each channel; map [batch, channel, height, width]. */
export function scaledMap(map: Value, scale: ChannelScale | undefined): Value {
  if (!scale) return map;
  const perChannel = (data: Float32Array) => constant('float32', [data.length, 1, 1], data);
  return onnx.Mul(onnx.Sub(map, perChannel(scale.mean)), perChannel(scale.factor));
}
