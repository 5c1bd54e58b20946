import type { FeatureAxes, Stimulus, StimulusInput } from '@striate/contracts';

/** What of a stimulus is read, and how the vectors of its texts become features. */
export interface Reading {
  readonly needs: StimulusInput;
  /** In words, for the methods paragraph. */
  readonly description: string;
  readonly axes: FeatureAxes;
  /** Sizes of the features of a stimulus, from the number of features of a text. */
  shapeOf(width: number): readonly number[];
  /**
   * The texts of a stimulus; `null` = a cell without one.
   *
   * @throws {DataError} `STRIATE_STIMULUS_LACKS`, and `STRIATE_SHAPE_MISMATCH` for a grid of another size.
   */
  textsOf(stimulus: Stimulus): readonly (string | null)[];
  /**
   * Write the features of a stimulus.
   *
   * @param vectors One per text, [feature].
   * @param row     Zeros, to be written into.
   */
  place(vectors: readonly (Float32Array | null)[], row: Float32Array): void;
}
