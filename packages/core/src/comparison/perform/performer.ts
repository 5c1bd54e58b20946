// Doing the tasks of a plan: each reads what it depends on from the store, and puts one artefact there.

import { createFeatureStore } from '../features.js';
import type { OpenComparison } from '../open.js';
import { createResponseReader } from '../responses.js';
import type { ComparisonTask, ExtractTask } from '../../plan/tasks.js';
import type { Artefact, ArtefactStore } from '../../store/index.js';
import { estimateCeiling } from './ceiling.js';
import { fitFold, summariseFits } from './fit.js';
import { estimateGeometryCeiling, scoreGeometry } from './geometry.js';
import { scorePredictions } from './score.js';
import { find, type TaskSurroundings } from './surroundings.js';

export interface Performer {
  isDone(task: ComparisonTask): Promise<boolean>;
  perform(task: ComparisonTask, onProgress: (fraction: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** Tie the tasks of a plan to an open comparison and a store. */
export function createPerformer(
  comparison: OpenComparison,
  store: ArtefactStore,
  signal?: AbortSignal,
): Performer {
  const features = createFeatureStore(comparison, store);
  const responses = createResponseReader(comparison.dataset);
  const surroundings: TaskSurroundings = {
    comparison,
    store,
    features,
    responses,
    ...(signal ? { signal } : {}),
  };
  const models = [...comparison.models, ...comparison.locators.values()];
  const modelOf = (task: ExtractTask) => find(models, (model) => model.name === task.model);
  return {
    isDone: (task) => (task.kind === 'extract' ? features.isComplete(modelOf(task)) : store.has(task.key)),
    async perform(task, onProgress) {
      if (task.kind === 'extract') await features.extractMissing(modelOf(task), onProgress, signal);
      else await store.put(task.key, await makeArtefact(task, surroundings, onProgress));
    },
    close: () => features.close(),
  };
}

function makeArtefact(
  task: Exclude<ComparisonTask, ExtractTask>,
  surroundings: TaskSurroundings,
  onProgress: (fraction: number) => void,
): Promise<Artefact> {
  switch (task.kind) {
    case 'ceiling':
      return estimateCeiling(task, surroundings);
    case 'fit':
      return fitFold(task, surroundings, onProgress);
    case 'fit-summary':
      return summariseFits(task, surroundings);
    case 'score':
      return scorePredictions(task, surroundings);
    case 'geometry':
      return scoreGeometry(task, surroundings);
    case 'geometry-ceiling':
      return estimateGeometryCeiling(task, surroundings);
  }
}
