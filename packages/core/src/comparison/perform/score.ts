import type { StimulusByVoxel } from '@striate/contracts';
import { seenOf } from '../../plan/keys.js';
import type { ScoreTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import { find, perVoxel, type TaskSurroundings } from './surroundings.js';

interface FoldScores {
  readonly values: Float64Array;
  readonly n: Uint32Array;
}

/** Score the predictions of all folds: over all of them at once, or per fold and then averaged. */
export async function scorePredictions(
  task: ScoreTask,
  { comparison, responses, store }: TaskSurroundings,
): Promise<Artefact> {
  const { description, parts } = comparison;
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const scorer = find(parts.predictionScorers, (each) => each.name === task.scorer);
  const scoreRows = async (
    predictions: StimulusByVoxel,
    positions: readonly number[],
  ): Promise<FoldScores> => {
    const truth = await responses.mean(
      subject,
      positions.map((position) => description.stimulusIds[position]),
    );
    const observed = truth.observed ? { observed: truth.observed } : {};
    return scorer.part.doScore({ predictions, responses: truth.values, ...observed }, scorer.options);
  };
  const tests = description.folds.map((fold) => seenOf(subject, fold.test));
  const predictions: StimulusByVoxel[] = [];
  for (const key of task.dependsOn)
    predictions.push((await store.get(key)).arrays['predictions'] as StimulusByVoxel);
  const { values, n } =
    description.foldScores === 'pooled'
      ? await scoreRows(concatenateRows(predictions), tests.flat())
      : averageFolds(await Promise.all(predictions.map((rows, fold) => scoreRows(rows, tests[fold]))));
  return {
    values: {
      nStimuli: [n.reduce((a, b) => Math.min(a, b), Infinity), n.reduce((a, b) => Math.max(a, b), 0)],
    },
    arrays: { values: perVoxel(values) },
  };
}

function concatenateRows(parts: readonly StimulusByVoxel[]): StimulusByVoxel {
  if (parts.length === 1) return parts[0];
  const nVoxels = parts[0].shape[1];
  const nStimuli = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const data = new Float64Array(nStimuli * nVoxels);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { axes: ['stimulus', 'voxel'], shape: [nStimuli, nVoxels], data };
}

/** Mean over folds; a voxel that is undefined in one fold is undefined. */
function averageFolds(folds: readonly FoldScores[]): FoldScores {
  const nVoxels = folds[0].values.length;
  const values = new Float64Array(nVoxels);
  const n = new Uint32Array(nVoxels);
  for (const fold of folds) {
    for (let voxel = 0; voxel < nVoxels; voxel++) {
      values[voxel] += fold.values[voxel] / folds.length;
      n[voxel] += fold.n[voxel];
    }
  }
  return { values, n };
}
