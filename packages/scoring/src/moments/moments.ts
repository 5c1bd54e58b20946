// Running mean and sum of squared deviations, one of each per voxel, fed row by row (Welford 1962,
// doi:10.1080/00401706.1962.10490022). One pass, no transposed copy, no cancellation; and a voxel whose values are all
// equal ends with squares of exactly 0, which a sum-then-subtract form does not give.

import type { FloatArray, Observed } from '@striate/contracts';

export class Moments {
  /** Values taken in so far. */
  readonly n: Uint32Array;
  readonly mean: Float64Array;
  /** Sum of squared deviations from the mean. */
  readonly squares: Float64Array;

  constructor(readonly nVoxels: number) {
    this.n = new Uint32Array(nVoxels);
    this.mean = new Float64Array(nVoxels);
    this.squares = new Float64Array(nVoxels);
  }

  /** Take in the row of all voxels that starts at `offset`; values that were not observed are left alone. */
  add(values: FloatArray, offset: number, observed?: Observed): void {
    const { n, mean, squares } = this;
    for (let v = 0; v < this.nVoxels; v++) {
      if (observed && !observed[offset + v]) continue;
      const deviation = values[offset + v] - mean[v];
      mean[v] += deviation / ++n[v];
      squares[v] += deviation * (values[offset + v] - mean[v]);
    }
  }

  /** Forget everything, keeping the buffers. */
  reset(): void {
    this.n.fill(0);
    this.mean.fill(0);
    this.squares.fill(0);
  }
}
