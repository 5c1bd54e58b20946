import { rowLength, shapeMismatch, type FeatureRows } from '@striate/contracts';
import { matrix, type Matrix } from '../linalg/matrix.js';

/** A linear map of features to fewer of them. */
export interface Projection {
  readonly nFeatures: number;
  readonly nComponents: number;
  /**
   * @param block [stimulus, feature].
   * @returns [stimulus, component], in the same precision.
   * @throws {DataError} `STRIATE_SHAPE_MISMATCH`.
   */
  apply<M extends Matrix>(block: M): Promise<M>;
}

/** Rows as a projection sees them; each is read and projected when it is asked for. */
export function projectRows(features: FeatureRows, projection: Projection): FeatureRows {
  const { nFeatures, nComponents } = projection;
  requireFeatures(rowLength(features), nFeatures);
  return {
    stimulusIds: features.stimulusIds,
    rowAxes: ['feature'],
    rowShape: [nComponents],
    dtype: 'float32',
    async readRows(rows, into = new Float32Array(rows.length * nComponents)) {
      const block = matrix(rows.length, nFeatures, await features.readRows(rows));
      into.set((await projection.apply(block)).data);
      return into;
    },
  };
}

/** @throws {DataError} `STRIATE_SHAPE_MISMATCH`. */
export function requireFeatures(actual: number, expected: number): void {
  if (actual === expected) return;
  throw shapeMismatch({
    what: 'features to project',
    expected: `${expected} per stimulus`,
    actual: `${actual}`,
    hint: 'A projection is for the layer that it was made for.',
  });
}
