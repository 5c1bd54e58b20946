// What each voxel chose, when there is more to choose than a penalty: candidates are tried one after the other, and only the
// best so far is remembered.

export interface Choice {
  /** Position of the candidate; -1 for a voxel that was offered none. */
  readonly candidate: Int32Array;
  /** Position of the penalty. */
  readonly penalty: Int32Array;
  readonly score: Float64Array;
}

export function nothingChosen(nVoxels: number): Choice {
  return {
    candidate: new Int32Array(nVoxels).fill(-1),
    penalty: new Int32Array(nVoxels),
    score: new Float64Array(nVoxels).fill(-Infinity),
  };
}

/**
 * Take a candidate where it is better; of equals the first stays. A voxel whose every score is undefined takes the first
 * candidate at the largest penalty, without a score.
 *
 * @param voxels Positions in the choice.
 * @param scores Of the candidate, [voxel, penalty]; the larger the better.
 */
export function chooseBetter(
  { candidate, penalty, score }: Choice,
  offered: number,
  voxels: Int32Array,
  scores: Float64Array,
): void {
  const nPenalties = scores.length / voxels.length;
  voxels.forEach((voxel, i) => {
    if (candidate[voxel] < 0) {
      candidate[voxel] = offered;
      penalty[voxel] = nPenalties - 1;
    }
    for (let place = 0; place < nPenalties; place++) {
      const value = scores[i * nPenalties + place];
      if (!(value > score[voxel])) continue;
      candidate[voxel] = offered;
      penalty[voxel] = place;
      score[voxel] = value;
    }
  });
}

/** Scores of what was chosen; NaN for a voxel whose scores are undefined. */
export function chosenScores({ score }: Choice): Float64Array {
  return score.map((value) => (value === -Infinity ? NaN : value));
}

/** Penalties that were chosen; NaN for a voxel that was offered none. */
export function chosenPenalties({ candidate, penalty }: Choice, alphas: readonly number[]): Float64Array {
  return Float64Array.from(penalty, (place, voxel) => (candidate[voxel] < 0 ? NaN : alphas[place]));
}

/** Positions of the candidates that some voxel chose, ascending. */
export function chosenCandidates({ candidate }: Choice): number[] {
  return [...new Set(candidate)].filter((position) => position >= 0).sort((a, b) => a - b);
}
