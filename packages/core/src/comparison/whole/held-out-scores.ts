// What the comparison says of one of its cells.

import { fitKey, scoreKey } from '../../plan/keys.js';
import type { ArtefactStore } from '../../store/index.js';
import type { Cell } from './cell.js';

/**
 * Scores of a cell on stimuli that were held out, [voxel] by the scorer's name. A score that the store does not have, the
 * comparison not being run as far, is left out.
 */
export async function heldOutScores(
  { comparison: { description }, model, layer, described, subject }: Cell,
  store: ArtefactStore,
): Promise<ReadonlyMap<string, Float64Array>> {
  const fits = description.folds.map((fold) =>
    fitKey(description, { model, layer: layer.name, readout: described, subject, fold }),
  );
  const scores = new Map<string, Float64Array>();
  for (const scorer of description.scorers.filter(({ kind }) => kind === 'prediction')) {
    const key = scoreKey(description, { scorer, subject, fits });
    if (!(await store.has(key))) continue;
    const { arrays } = await store.get(key);
    scores.set(scorer.name, arrays['values'].data as Float64Array);
  }
  return scores;
}
