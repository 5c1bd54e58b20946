// Pearson's r per voxel from sums, so that predictions need not be kept.

import type { Samples } from './samples.js';

export interface RunningCorrelation {
  /** @param predictions [rows, voxel], of these rows of the samples. */
  add(rows: Int32Array, predictions: Float32Array): void;
  /** Per voxel; NaN where either side is constant, or fewer than two responses were measured. */
  finish(): Float64Array;
}

/** Correlate predictions with measured responses, batch by batch. */
export function correlateWith({ responses }: Pick<Samples, 'responses'>): RunningCorrelation {
  const { values, observed } = responses;
  const nVoxels = values.shape[1];
  const [n, p, t, pp, pt, tt] = Array.from({ length: 6 }, () => new Float64Array(nVoxels));
  /** The first measured response of a voxel, taken off: sums of squares of what is left lose fewer digits. */
  const origin = new Float64Array(nVoxels).fill(Number.NaN);
  return {
    add(rows, predictions) {
      rows.forEach((row, place) => {
        for (let voxel = 0; voxel < nVoxels; voxel++) {
          const i = row * nVoxels + voxel;
          if (observed && !observed[i]) continue;
          if (n[voxel] === 0) origin[voxel] = values.data[i];
          const [prediction, truth] = [predictions[place * nVoxels + voxel], values.data[i] - origin[voxel]];
          n[voxel]++;
          p[voxel] += prediction;
          t[voxel] += truth;
          pp[voxel] += prediction * prediction;
          pt[voxel] += prediction * truth;
          tt[voxel] += truth * truth;
        }
      });
    },
    finish() {
      return n.map((count, voxel) => {
        const spreadP = pp[voxel] - p[voxel] ** 2 / count;
        const spreadT = tt[voxel] - t[voxel] ** 2 / count;
        const isConstant = !(spreadP > 1e-12 * pp[voxel]) || !(spreadT > 1e-12 * tt[voxel]);
        if (count < 2 || isConstant) return Number.NaN;
        return (pt[voxel] - (p[voxel] * t[voxel]) / count) / Math.sqrt(spreadP * spreadT);
      });
    },
  };
}

/** Mean over voxels where it is defined; NaN if it is nowhere. */
export function meanDefined(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
