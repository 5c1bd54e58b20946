// Running moments of two quantities and of their product, one set per voxel: what a correlation needs.
// Same recurrence as `moments.ts`, with the co-moment added.

import type { FloatArray, Observed } from '@striate/contracts';

export class PairedMoments {
  /** Pairs taken in so far. */
  readonly n: Uint32Array;
  private readonly meanX: Float64Array;
  private readonly meanY: Float64Array;
  private readonly squaresX: Float64Array;
  private readonly squaresY: Float64Array;
  private readonly products: Float64Array;

  constructor(readonly nVoxels: number) {
    this.n = new Uint32Array(nVoxels);
    this.meanX = new Float64Array(nVoxels);
    this.meanY = new Float64Array(nVoxels);
    this.squaresX = new Float64Array(nVoxels);
    this.squaresY = new Float64Array(nVoxels);
    this.products = new Float64Array(nVoxels);
  }

  /** Take in the rows of both that start at `offset`; pairs that were not observed are left alone. */
  add(x: FloatArray, y: FloatArray, offset: number, observed?: Observed): void {
    const { n, meanX, meanY, squaresX, squaresY, products } = this;
    for (let v = 0; v < this.nVoxels; v++) {
      const i = offset + v;
      if (observed && !observed[i]) continue;
      const weight = 1 / ++n[v];
      const deviationX = x[i] - meanX[v];
      const deviationY = y[i] - meanY[v];
      meanX[v] += deviationX * weight;
      meanY[v] += deviationY * weight;
      const remainderY = y[i] - meanY[v];
      squaresX[v] += deviationX * (x[i] - meanX[v]);
      squaresY[v] += deviationY * remainderY;
      products[v] += deviationX * remainderY;
    }
  }

  /**
   * Pearson correlation per voxel, NaN where either quantity is constant or there are fewer than two pairs.
   * Rounding beyond +-1 (a few units in the last place) is taken back.
   */
  correlations(): Float64Array {
    const { squaresX, squaresY, products } = this;
    return products.map((product, v) => {
      const r = product / Math.sqrt(squaresX[v] * squaresY[v]);
      return Math.abs(r) > 1 ? Math.sign(r) : r;
    });
  }

  /** Forget everything, keeping the buffers. */
  reset(): void {
    const { n, meanX, meanY, squaresX, squaresY, products } = this;
    for (const sums of [n, meanX, meanY, squaresX, squaresY, products]) sums.fill(0);
  }
}
