import type { Warning } from '@striate/contracts';
import { seenOf } from '../../plan/keys.js';
import type { FitSummaryTask, FitTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import { find, perVoxel, type TaskSurroundings } from './surroundings.js';

const DIAGNOSTIC = 'voxel:';

/**
 * Fit a readout on a fold's training stimuli and predict its test stimuli. One task, not two: the weights of a wide
 * layer are larger than anything else in a comparison, and only the predictions are asked for again.
 */
export async function fitFold(
  task: FitTask,
  { comparison, features, responses, signal }: TaskSurroundings,
  onProgress: (fraction: number) => void,
): Promise<Artefact> {
  const { description, parts } = comparison;
  const model = find(comparison.models, (each) => each.name === task.model);
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const readout = find(parts.readouts, (each) => each.name === task.readout);
  const fold = description.folds[task.fold];
  const dataOf = async (positions: readonly number[]) => {
    const seen = seenOf(subject, positions);
    const ids = seen.map((position) => description.stimulusIds[position]);
    return {
      inputs: { features: await features.rows(model, task.layer, seen) },
      responses: await responses.mean(subject, ids),
    };
  };
  const request = {
    ...(await dataOf(fold.train)),
    ...(fold.validation.length > 0 ? { validation: await dataOf(fold.validation) } : {}),
    seed: description.seed,
    onProgress,
    ...(signal ? { signal } : {}),
  };
  const fitted = await readout.part.doFit(request, readout.options);
  const test = await features.rows(model, task.layer, seenOf(subject, fold.test));
  const predictions = await fitted.doPredict({ features: test }, signal);
  const diagnostics = Object.entries(fitted.perVoxel).map(([name, data]) => [
    DIAGNOSTIC + name,
    perVoxel(data),
  ]);
  return {
    values: { nParameters: fitted.nParameters, warnings: [...fitted.warnings] },
    arrays: { predictions, ...Object.fromEntries(diagnostics) },
  };
}

/** Put the diagnostics of all folds together: per voxel the mean, of penalties on a logarithmic scale. */
export async function summariseFits(task: FitSummaryTask, { store }: TaskSurroundings): Promise<Artefact> {
  const sums = new Map<string, Float64Array>();
  const warnings: Warning[] = [];
  let nParameters = 0;
  for (const key of task.dependsOn) {
    const { values, arrays } = await store.get(key);
    const facts = values as { nParameters: number; warnings: Warning[] };
    nParameters = facts.nParameters;
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
  return { values: { nParameters, warnings: sumWarnings(warnings) }, arrays: Object.fromEntries(means) };
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
  return name === 'alpha';
}

/** Warnings of one code as one, with their counts added. */
export function sumWarnings(warnings: readonly Warning[]): Warning[] {
  const byCode = new Map<string, Warning>();
  for (const warning of warnings) {
    const before = byCode.get(warning.code);
    const total = warning.total === undefined ? {} : { total: warning.total + (before?.total ?? 0) };
    byCode.set(warning.code, {
      ...(before ?? warning),
      count: warning.count + (before?.count ?? 0),
      ...total,
    });
  }
  return [...byCode.values()];
}
