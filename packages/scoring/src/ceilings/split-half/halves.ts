// Random halves of the repetitions. One random order of the repetitions per stimulus serves all voxels: in that order,
// a voxel's first half (rounded down) of measured repetitions goes to the first half, the rest to the second. So
// voxels with the same mask get the same halves, and memory is two rows of voxels.

import type { FloatArray, RepeatedResponses } from '@striate/contracts';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

export interface HalfMeans {
  /** Mean over the first half, one per voxel. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** 1 where the voxel has two repetitions or more, so that both halves exist. */
  readonly isSplit: Uint8Array;
}

/** Put the numbers 0 to length - 1 into random order (Fisher and Yates). */
export function shuffle(order: Uint16Array, random: RandomGenerator): Uint16Array {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Average each half of one stimulus's repetitions.
 *
 * @param responses [repetition, stimulus, voxel].
 * @param stimulus  Position of the stimulus.
 * @param counts    Measured repetitions, [stimulus, voxel].
 * @param order     Order in which repetitions are dealt out.
 * @param into      Buffers, overwritten.
 */
export function averageHalves(
  { values, observed }: RepeatedResponses,
  stimulus: number,
  counts: Uint16Array,
  order: Uint16Array,
  into: HalfMeans & { readonly nDealt: Uint16Array },
): void {
  const [, nStimuli, nVoxels] = values.shape;
  const nOfStimulus = counts.subarray(stimulus * nVoxels, (stimulus + 1) * nVoxels);
  into.first.fill(0);
  into.second.fill(0);
  into.nDealt.fill(0);
  for (const repetition of order) {
    const offset = (repetition * nStimuli + stimulus) * nVoxels;
    dealOut(values.data, observed, offset, nOfStimulus, into);
  }
  divideByCounts(nOfStimulus, into);
}

function dealOut(
  data: FloatArray,
  observed: Uint8Array | undefined,
  offset: number,
  counts: Uint16Array,
  { first, second, nDealt }: HalfMeans & { readonly nDealt: Uint16Array },
): void {
  for (let v = 0; v < counts.length; v++) {
    if (observed && !observed[offset + v]) continue;
    if (nDealt[v]++ < counts[v] >> 1) first[v] += data[offset + v];
    else second[v] += data[offset + v];
  }
}

function divideByCounts(counts: Uint16Array, { first, second, isSplit }: HalfMeans): void {
  for (let v = 0; v < counts.length; v++) {
    const nFirst = counts[v] >> 1;
    isSplit[v] = nFirst > 0 ? 1 : 0;
    first[v] /= nFirst;
    second[v] /= counts[v] - nFirst;
  }
}
