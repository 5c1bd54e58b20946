// RDMs from patterns. Rows (one per stimulus) are centred and scaled to length 1; then the correlation of two rows is
// their inner product, and an RDM is 1 - the Gram matrix. Blocks of rows are read one pair at a time, so memory is two
// blocks, however many stimuli and features there are.

import { rowLength, type FeatureRows, type LabelledArray } from '@striate/contracts';
import { countPairs, firstPairOf } from './condensed.js';

/** Memory for the two blocks of rows, in bytes. */
const BLOCK_BYTES = 256 * 2 ** 20;

type ReadBlock = (start: number, count: number) => Promise<Float64Array>;

interface Block {
  readonly start: number;
  readonly count: number;
  /** Centred rows of length 1, [count, feature]; a constant row is all NaN. */
  readonly rows: Float64Array;
}

/**
 * Compute the RDM of stimuli from their features, by correlation distance.
 *
 *     d_ij = 1 - r(features of i, features of j)
 *
 * @param features  [stimulus, ...], read by blocks of whole rows.
 * @param blockBytes Memory for the rows held at a time; more memory, fewer readings.
 * @returns One distance in [0, 2] per pair, condensed (see `condensed.ts`); NaN for pairs with a stimulus whose features
 *   are constant or not finite.
 * @remarks Float64 arithmetic. n stimuli in blocks of b are read about n / 2b times each.
 * @source Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008; values checked against scipy's pdist.
 */
export function computeRdm(features: FeatureRows, blockBytes = BLOCK_BYTES): Promise<Float64Array> {
  const read: ReadBlock = async (start, count) =>
    Float64Array.from(await features.readRows(Int32Array.from({ length: count }, (_, i) => start + i)));
  return computeByBlocks(read, features.stimulusIds.length, rowLength(features), blockBytes);
}

/**
 * Compute the RDM of the rows of an array in memory, in its own precision (features are read as float32).
 *
 * @param patterns [stimulus, voxel] or [stimulus, feature], float32 or float64.
 * @returns As {@link computeRdm}.
 */
export function computeRdmOfArray(
  patterns: LabelledArray<readonly ['stimulus', 'voxel' | 'feature']>,
): Promise<Float64Array> {
  const [nStimuli, length] = patterns.shape;
  const read: ReadBlock = async (start, count) =>
    Float64Array.from(patterns.data.subarray(start * length, (start + count) * length));
  return computeByBlocks(read, nStimuli, length, BLOCK_BYTES);
}

async function computeByBlocks(
  read: ReadBlock,
  nStimuli: number,
  length: number,
  blockBytes: number,
): Promise<Float64Array> {
  const rdm = new Float64Array(countPairs(nStimuli));
  const size = Math.max(1, Math.floor(blockBytes / 2 / (length * Float64Array.BYTES_PER_ELEMENT)));
  const readBlock = async (start: number): Promise<Block> => {
    const count = Math.min(size, nStimuli - start);
    return { start, count, rows: normaliseRows(await read(start, count), length) };
  };
  const products = await openInnerProducts(length);
  try {
    for (let i = 0; i < nStimuli; i += size) {
      const above = await readBlock(i);
      fillPairs(rdm, nStimuli, above, above, await products.of(above, above));
      for (let j = i + size; j < nStimuli; j += size) {
        const beside = await readBlock(j);
        fillPairs(rdm, nStimuli, above, beside, await products.of(above, beside));
      }
    }
  } finally {
    await products.dispose();
  }
  return rdm;
}

/** The engine is loaded when it is first needed: scores of predictions do without. */
async function openInnerProducts(length: number) {
  const { createLinearAlgebra, matrix } = await import('@striate/compute');
  const algebra = createLinearAlgebra();
  const asMatrix = ({ count, rows }: Block) => matrix(count, length, rows);
  return {
    /** Inner products of the rows of two blocks, [row of a, row of b]. */
    async of(a: Block, b: Block): Promise<Float64Array> {
      return (await algebra.product(asMatrix(a), asMatrix(b), { transposeB: true })).data;
    },
    dispose: () => algebra.dispose(),
  };
}

/** Write the distances of the pairs (i, j), i < j, with i in one block and j in the other. */
function fillPairs(
  rdm: Float64Array,
  nStimuli: number,
  above: Block,
  beside: Block,
  products: Float64Array,
): void {
  for (let i = 0; i < above.count; i++) {
    const row = above.start + i;
    for (let j = 0; j < beside.count; j++) {
      const column = beside.start + j;
      if (column <= row) continue;
      rdm[firstPairOf(row, nStimuli) + column - row - 1] = 1 - products[i * beside.count + j];
    }
  }
}

/** Centre each row and scale it to length 1, in place; a constant row has no direction and becomes NaN. */
function normaliseRows(rows: Float64Array, length: number): Float64Array {
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    const mean = row.reduce((sum, value) => sum + value, 0) / length;
    const isConstant = row.every((value) => value === row[0]);
    let squares = 0;
    for (let i = 0; i < length; i++) {
      row[i] -= mean;
      squares += row[i] ** 2;
    }
    const scale = isConstant ? NaN : 1 / Math.sqrt(squares);
    for (let i = 0; i < length; i++) row[i] *= scale;
  }
  return rows;
}
