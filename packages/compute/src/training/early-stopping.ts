// Stop when validation no longer gains. State is plain numbers, so that it stands in checkpoints.

export interface StoppingState {
  /** The best score so far; -Infinity before the first. */
  readonly best: number;
  /** Validations since then. */
  readonly sinceBest: number;
}

export const NOTHING_YET: StoppingState = { best: -Infinity, sinceBest: 0 };

/**
 * Take a validation score in; larger is better. A score that is NaN is no gain.
 *
 * @returns The new state, and whether this score is the best so far.
 */
export function takeScore(state: StoppingState, score: number): StoppingState & { readonly isBest: boolean } {
  const isBest = score > state.best;
  return isBest
    ? { best: score, sinceBest: 0, isBest }
    : { best: state.best, sinceBest: state.sinceBest + 1, isBest };
}
