// Numbers with named axes. The compiler checks the order of the axes, one assertion checks their sizes; so that a
// function that wants [stimulus, voxel] cannot be handed [voxel, stimulus].

import { shapeMismatch } from './errors/catalogue.js';

export type AxisName =
  | 'subject'
  | 'repetition'
  | 'stimulus'
  | 'condition'
  | 'voxel'
  | 'feature'
  | 'channel'
  | 'height'
  | 'width'
  | 'token'
  | 'pair';

export type FloatArray = Float32Array | Float64Array;

/** A dense array, C order (the last axis runs fastest). */
export interface LabelledArray<Axes extends readonly AxisName[] = readonly AxisName[], Data = FloatArray> {
  readonly axes: Axes;
  readonly shape: { readonly [Position in keyof Axes]: number };
  readonly data: Data;
  /** Unit of the values, where they have one: `z`, `percent-signal-change`, `spikes-per-second`... */
  readonly unit?: string;
}

/** Responses or predictions of many voxels to many stimuli. */
export type StimulusByVoxel = LabelledArray<readonly ['stimulus', 'voxel']>;

/** Features flattened per stimulus. */
export type StimulusByFeature = LabelledArray<readonly ['stimulus', 'feature']>;

/**
 * Name the axes of an array and check that the sizes multiply to its length.
 *
 * @param axes  Names, slowest first.
 * @param shape One size per axis, each >= 0.
 * @param data  Values in C order.
 * @returns The labelled array; the data are not copied.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the sizes do not multiply to `data.length`.
 * @example
 * labelled(['stimulus', 'voxel'], [2, 3], new Float32Array(6)).shape // => [2, 3]
 */
export function labelled<const Axes extends readonly AxisName[], Data extends { readonly length: number }>(
  axes: Axes,
  shape: { readonly [Position in keyof Axes]: number },
  data: Data,
  unit?: string,
): LabelledArray<Axes, Data> {
  const sizes = shape as readonly number[];
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (sizes.length !== axes.length || expected !== data.length) {
    throw shapeMismatch({
      what: 'values of a labelled array',
      expected: describeShape(axes, sizes),
      actual: `${data.length} values`,
    });
  }
  return unit === undefined ? { axes, shape, data } : { axes, shape, data, unit };
}

/** Shape in words, as errors print it: `[stimulus 120, feature 512]`. */
export function describeShape(axes: readonly string[], shape: readonly number[]): string {
  return `[${axes.map((axis, i) => `${axis} ${shape[i]}`).join(', ')}]`;
}
