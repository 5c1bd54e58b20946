// Features of stimuli, read by rows. The seam between whoever holds features (artefact store, memory, a file) and
// whoever learns from them, so that nobody has to hold stimuli x features in memory at once.

import { describeShape, type AxisName, type StimulusByFeature } from './labelled-array.js';
import { shapeMismatch } from './errors/catalogue.js';

/** What one stimulus has at one layer. */
export type FeatureAxes =
  | readonly ['feature']
  | readonly ['channel', 'height', 'width']
  /** Token by embedding, of a network that keeps its tokens. */
  | readonly ['token', 'feature'];

export interface FeatureRows {
  readonly stimulusIds: readonly string[];
  /** Axes of one row (one stimulus). */
  readonly rowAxes: FeatureAxes | readonly AxisName[];
  /** Sizes of one row, in the order of {@link rowAxes}. */
  readonly rowShape: readonly number[];
  readonly dtype: 'float32' | 'float64';
  /**
   * Read whole rows, float32, in the order asked for.
   * @param rows Positions in {@link stimulusIds}.
   * @param into Where to write, [rows.length, product of rowShape]; a new array if left out.
   */
  readRows(rows: ArrayLike<number>, into?: Float32Array): Promise<Float32Array>;
  /** For a selection: the rows it was selected from, and where they stand there. Work on the whole may be shared. */
  readonly origin?: { readonly whole: FeatureRows; readonly rows: Int32Array };
  /** Named feature spaces whose rows, one after the other, are a row of this; absent: it is one space. */
  readonly bands?: readonly FeatureBand[];
}

/** One feature space of several: a layer, a model, a kind of features. */
export interface FeatureBand {
  readonly name: string;
  readonly rows: FeatureRows;
}

/** Number of values of one row. */
export function rowLength(features: Pick<FeatureRows, 'rowShape'>): number {
  return features.rowShape.reduce((product, size) => product * size, 1);
}

/**
 * Feature rows over an array that is in memory already.
 *
 * @param stimulusIds One id per row.
 * @param rowAxes     Axes of one row.
 * @param rowShape    Sizes of one row.
 * @param data        [stimulus, ...rowShape], C order.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if the sizes do not multiply to `data.length`.
 */
export function rowsInMemory(
  stimulusIds: readonly string[],
  rowAxes: FeatureAxes,
  rowShape: readonly number[],
  data: Float32Array | Float64Array,
): FeatureRows {
  const length = rowLength({ rowShape });
  if (length * stimulusIds.length !== data.length) {
    throw shapeMismatch({
      what: 'features in memory',
      expected: describeShape(['stimulus', ...rowAxes], [stimulusIds.length, ...rowShape]),
      actual: `${data.length} values`,
    });
  }
  return {
    stimulusIds,
    rowAxes,
    rowShape,
    dtype: data instanceof Float64Array ? 'float64' : 'float32',
    readRows(rows, into = new Float32Array(rows.length * length)) {
      for (let i = 0; i < rows.length; i++) {
        into.set(data.subarray(rows[i] * length, (rows[i] + 1) * length), i * length);
      }
      return Promise.resolve(into);
    },
  };
}

/**
 * A view of some rows of other feature rows, without reading them.
 *
 * @param features Where the rows are.
 * @param rows     Positions in `features.stimulusIds`, in the order wanted.
 */
export function selectRows(features: FeatureRows, rows: ArrayLike<number>): FeatureRows {
  const chosen = Int32Array.from(rows);
  const translate = (wanted: ArrayLike<number>) => Int32Array.from(wanted, (row) => chosen[row]);
  return {
    stimulusIds: Array.from(chosen, (row) => features.stimulusIds[row]),
    rowAxes: features.rowAxes,
    rowShape: features.rowShape,
    dtype: features.dtype,
    readRows: (wanted, into) => features.readRows(translate(wanted), into),
    origin: features.origin
      ? { whole: features.origin.whole, rows: chosen.map((row) => features.origin!.rows[row]) }
      : { whole: features, rows: chosen },
    ...(features.bands && {
      bands: features.bands.map((band) => ({ ...band, rows: selectRows(band.rows, chosen) })),
    }),
  };
}

/**
 * Put feature spaces of the same stimuli side by side. Whoever knows of no bands reads one long vector.
 *
 * @param bands At least one; each row is flattened.
 * @throws {DataError} `STRIATE_SHAPE_MISMATCH` if their stimuli differ.
 */
export function uniteRows(bands: readonly FeatureBand[]): FeatureRows {
  const [{ rows: first }] = bands;
  for (const { name, rows } of bands) {
    if (rows.stimulusIds.join('\n') === first.stimulusIds.join('\n')) continue;
    throw shapeMismatch({
      what: `the stimuli of the feature space "${name}"`,
      expected: `the ${first.stimulusIds.length} of "${bands[0].name}" in their order`,
      actual: `${rows.stimulusIds.length} that are others, or in another order`,
    });
  }
  const lengths = bands.map(({ rows }) => rowLength(rows));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    stimulusIds: first.stimulusIds,
    rowAxes: ['feature'],
    rowShape: [total],
    dtype: bands.every(({ rows }) => rows.dtype === 'float64') ? 'float64' : 'float32',
    bands,
    async readRows(wanted, into = new Float32Array(wanted.length * total)) {
      let offset = 0;
      for (const [band, { rows }] of bands.entries()) {
        const length = lengths[band];
        const data = await rows.readRows(wanted);
        for (let i = 0; i < wanted.length; i++)
          into.set(data.subarray(i * length, (i + 1) * length), i * total + offset);
        offset += length;
      }
      return into;
    },
  };
}

/** All features as one matrix [stimulus, feature]; only for what is known to be small. */
export async function readAllRows(features: FeatureRows): Promise<StimulusByFeature> {
  const n = features.stimulusIds.length;
  const data = await features.readRows(Int32Array.from({ length: n }, (_, i) => i));
  return { axes: ['stimulus', 'feature'], shape: [n, rowLength(features)], data };
}
