import type { Warning } from '@striate/contracts';
import type { FitSummaryTask, FitTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import { readFitData, readInputs } from '../fit-data.js';
import { coreOf } from '../cores.js';
import { fitGroups } from '../fit-groups.js';
import { DIAGNOSTIC, mergeGroups } from './merge-groups.js';
import { sumWarnings } from './sum-warnings.js';
import { find, perVoxel, type TaskSurroundings } from './surroundings.js';

/**
 * Fit a readout on a fold's training stimuli and predict its test stimuli. One task, not two: the weights of a wide
 * layer are larger than anything else in a comparison, and only the predictions are asked for again.
 */
export async function fitFold(
  task: FitTask,
  { comparison, features, responses, signal }: TaskSurroundings,
  onProgress: (fraction: number) => void,
): Promise<Artefact> {
  const start = performance.now();
  const { description, parts } = comparison;
  const readout = find(parts.readouts, (each) => each.name === task.readout);
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const model = find([...comparison.models, ...comparison.unions], (each) => each.name === task.model);
  const locator = comparison.locators.get(readout.name);
  const source = { comparison, features, responses, subject, model, layer: task.layer, locator };
  const fold = description.folds[task.fold];
  const training = await readFitData(source, fold.train);
  const validation = fold.validation.length > 0 ? await readFitData(source, fold.validation) : undefined;
  const test = await readInputs(source, fold.test);
  const merged = mergeGroups(test.features.stimulusIds.length, subject.voxelIds.length);
  const common = { ...coreOf(model), seed: description.seed, onProgress, ...(signal ? { signal } : {}) };
  for await (const { voxels, fitted } of fitGroups(readout, subject, { training, validation }, common)) {
    const predictions = await fitted.doPredict(test, signal);
    merged.add(voxels, fitted, predictions, await fitted.doPredictParts?.(test, signal));
  }
  const { values, arrays } = merged.finish();
  return { values: { ...values, seconds: (performance.now() - start) / 1000 }, arrays };
}

/** Put all folds together: of diagnostics the mean per voxel, of penalties on a logarithmic scale; of times the sum. */
export async function summariseFits(task: FitSummaryTask, { store }: TaskSurroundings): Promise<Artefact> {
  const sums = new Map<string, Float64Array>();
  const warnings: Warning[] = [];
  let nParameters = 0;
  let seconds = 0;
  for (const key of task.dependsOn) {
    const { values, arrays } = await store.get(key);
    const facts = values as { nParameters: number; seconds: number; warnings: Warning[] };
    nParameters = facts.nParameters;
    seconds += facts.seconds;
    warnings.push(...facts.warnings);
    for (const [name, { data }] of Object.entries(arrays)) {
      if (name.startsWith(DIAGNOSTIC)) addTo(sums, name.slice(DIAGNOSTIC.length), data as Float64Array);
    }
  }
  const nFolds = task.dependsOn.length;
  const means = [...sums].map(([name, sum]) => [
    name,
    perVoxel(sum.map((total) => unscaled(name, total / nFolds))),
  ]);
  return {
    values: { nParameters, seconds, warnings: sumWarnings(warnings) },
    arrays: Object.fromEntries(means),
  };
}

function addTo(sums: Map<string, Float64Array>, name: string, values: Float64Array): void {
  const sum = sums.get(name) ?? new Float64Array(values.length);
  values.forEach((value, voxel) => (sum[voxel] += isPenalty(name) ? Math.log(value) : value));
  sums.set(name, sum);
}

function unscaled(name: string, mean: number): number {
  return isPenalty(name) ? Math.exp(mean) : mean;
}

function isPenalty(name: string): boolean {
  return name === 'alpha' || name.startsWith('alpha:');
}
