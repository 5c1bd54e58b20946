import type { MeanResponses, ReadoutInputs, Warning } from '@striate/contracts';
import { seenOf } from '../../plan/keys.js';
import { voxelGroups } from '../../plan/voxel-groups.js';
import type { FitSummaryTask, FitTask } from '../../plan/tasks.js';
import type { Artefact } from '../../store/index.js';
import { selectMean } from '../responses.js';
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
  const { description, parts } = comparison;
  const model = find(comparison.models, (each) => each.name === task.model);
  const subject = find(comparison.subjects, (each) => each.subject === task.subject);
  const readout = find(parts.readouts, (each) => each.name === task.readout);
  const locator = comparison.locators.get(readout.name);
  const fold = description.folds[task.fold];
  const inputsOf = async (positions: readonly number[]): Promise<ReadoutInputs> => ({
    features: await features.rows(model, task.layer, seenOf(subject, positions)),
    ...(locator
      ? { descriptor: await features.rows(locator, locator.layers[0].name, seenOf(subject, positions)) }
      : {}),
  });
  const dataOf = async (positions: readonly number[]): Promise<FitData> => {
    const ids = seenOf(subject, positions).map((position) => description.stimulusIds[position]);
    return { inputs: await inputsOf(positions), responses: await responses.mean(subject, ids) };
  };
  const training = await dataOf(fold.train);
  const validation = fold.validation.length > 0 ? await dataOf(fold.validation) : undefined;
  const test = await inputsOf(fold.test);
  const everyVoxel = subject.voxelIds.map((_, voxel) => voxel);
  const groups = readout.part.isVoxelIndependent ? [everyVoxel] : voxelGroups(subject);
  const merged = mergeGroups(test.features.stimulusIds.length, everyVoxel.length);
  for (const [i, voxels] of groups.entries()) {
    const pick = ({ inputs, responses: all }: FitData) => ({ inputs, responses: pickVoxels(all, voxels) });
    const fitted = await readout.part.doFit(
      {
        ...pick(training),
        ...(validation ? { validation: pick(validation) } : {}),
        seed: description.seed,
        onProgress: (fraction) => onProgress((i + fraction) / groups.length),
        ...(signal ? { signal } : {}),
      },
      readout.options,
    );
    merged.add(voxels, fitted, await fitted.doPredict(test, signal));
  }
  return merged.finish();
}

interface FitData {
  readonly inputs: ReadoutInputs;
  readonly responses: MeanResponses;
}

/** All voxels are the responses as they are; nothing is copied. */
function pickVoxels(responses: MeanResponses, voxels: readonly number[]): MeanResponses {
  if (voxels.length === responses.voxelIds.length) return responses;
  return selectMean(responses, responses.stimulusIds, voxels);
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
