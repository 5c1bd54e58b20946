import type { PredictionParts, StimulusByVoxel } from '@striate/contracts';
import { seenOf } from '../../plan/keys.js';
import type { ScoreTask } from '../../plan/tasks.js';
import type { Artefact, ArtefactStore } from '../../store/index.js';
import { PREDICTIONS } from './merge-groups.js';
import { asParts, partsOf } from './parts.js';
import { find, perVoxel, type TaskSurroundings } from './surroundings.js';

interface FoldScores {
  readonly values: Float64Array;
  readonly n: Uint32Array;
  /** Shares of the parts of the predictions, by name. */
  readonly split: Readonly<Record<string, Float64Array>>;
}

/** Predictions and, where the readout makes them of parts, these parts. */
interface Predicted {
  readonly whole: StimulusByVoxel;
  readonly parts: PredictionParts;
}

/** Score the predictions of all folds: over all of them at once, or per fold and then averaged. */
export async function scorePredictions(
  task: ScoreTask,
  { comparison, responses, store }: TaskSurroundings,
): Promise<Artefact> {
  const { description, parts } = comparison;
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const scorer = find(parts.predictionScorers, (each) => each.name === task.scorer);
  const scoreRows = async (predicted: Predicted, positions: readonly number[]): Promise<FoldScores> => {
    const truth = await responses.mean(
      subject,
      positions.map((position) => description.stimulusIds[position]),
    );
    const observed = truth.observed ? { observed: truth.observed } : {};
    const data = { predictions: predicted.whole, responses: truth.values, ...observed };
    const { values, n } = await scorer.part.doScore(data, scorer.options);
    const hasParts = Object.keys(predicted.parts).length > 0;
    const withParts = { ...data, parts: predicted.parts };
    return { values, n, split: (hasParts && (await scorer.part.doSplit?.(withParts, scorer.options))) || {} };
  };
  const tests = description.folds.map((fold) => seenOf(subject, fold.test));
  const folds = await readPredictions(task.dependsOn, store);
  const { values, n, split } =
    description.foldScores === 'pooled'
      ? await scoreRows(concatenateFolds(folds), tests.flat())
      : averageFolds(await Promise.all(folds.map((predicted, fold) => scoreRows(predicted, tests[fold]))));
  const shares = Object.entries(split).map(([name, share]) => [name, perVoxel(share)] as const);
  return {
    values: {
      nStimuli: [n.reduce((a, b) => Math.min(a, b), Infinity), n.reduce((a, b) => Math.max(a, b), 0)],
    },
    arrays: { values: perVoxel(values), ...asParts(Object.fromEntries(shares)) },
  };
}

async function readPredictions(keys: readonly string[], store: ArtefactStore): Promise<Predicted[]> {
  const folds: Predicted[] = [];
  for (const key of keys) {
    const arrays = (await store.get(key)).arrays as Record<string, StimulusByVoxel>;
    folds.push({ whole: arrays[PREDICTIONS], parts: partsOf(arrays) });
  }
  return folds;
}

function concatenateFolds(folds: readonly Predicted[]): Predicted {
  const names = Object.keys(folds[0].parts);
  return {
    whole: concatenateRows(folds.map(({ whole }) => whole)),
    parts: Object.fromEntries(
      names.map((name) => [name, concatenateRows(folds.map(({ parts }) => parts[name]))]),
    ),
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
  const n = new Uint32Array(folds[0].n.length);
  for (const fold of folds) fold.n.forEach((count, voxel) => (n[voxel] += count));
  const names = Object.keys(folds[0].split);
  return {
    n,
    values: meanOf(folds.map(({ values }) => values)),
    split: Object.fromEntries(names.map((name) => [name, meanOf(folds.map(({ split }) => split[name]))])),
  };
}

function meanOf(arrays: readonly Float64Array[]): Float64Array {
  return arrays[0].map((_, i) => arrays.reduce((sum, array) => sum + array[i] / arrays.length, 0));
}
