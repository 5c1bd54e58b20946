// One model of a comparison, fitted on everything that a subject saw: for use, not for scores.

import { labelled, type StimulusByVoxel, type Warning } from '@striate/contracts';
import { fitKey } from '../../plan/keys.js';
import type { Configuration } from '../../configuration/schema.js';
import { hashOf } from '../../store/index.js';
import { coreOf } from '../cores.js';
import { createFeatureStore } from '../features.js';
import { readFitData, readInputs, type FitSource } from '../fit-data.js';
import { fitGroups, type FittedGroup } from '../fit-groups.js';
import { openComparison, type Surroundings } from '../open.js';
import { mergeGroups, PREDICTIONS } from '../perform/merge-groups.js';
import { sumWarnings } from '../perform/sum-warnings.js';
import { createResponseReader } from '../responses.js';
import { chooseCell, modelsOf, type Cell, type Selection } from './cell.js';
import { heldOutScores } from './held-out-scores.js';
import { keptOrFitted, type FittedGroups } from './kept.js';

/** A cell, fitted on the stimuli that its subject saw. */
export interface WholeFit extends Cell {
  readonly groups: readonly FittedGroup[];
  readonly warnings: readonly Warning[];
  /** Of responses and predictions, if the dataset says it. */
  readonly unit: string | undefined;
  /** What the comparison says of the cell, see {@link heldOutScores}. */
  readonly scores: ReadonlyMap<string, Float64Array>;
  /** Predictions for some stimuli that the subject saw, by position. */
  predict(positions: readonly number[]): Promise<StimulusByVoxel>;
  dispose(): Promise<void>;
}

export interface WholeFitHooks {
  /** Called before any work is done; what it throws ends it there. */
  readonly onChosen?: (cell: Cell) => Promise<void>;
  /** What is done, and how far it is. */
  readonly onProgress?: (what: string, fraction: number) => void;
}

/**
 * Fit one cell of a comparison on all stimuli that its subject saw. The fitted readout is kept in the store: a second call
 * loads it.
 *
 * @throws {UsageError} `STRIATE_CHOICE_NEEDED`, `STRIATE_UNKNOWN_ID`, `STRIATE_UNKNOWN_LAYER`, and whatever is wrong with the
 *   configuration.
 * @throws {CapabilityError} `STRIATE_UNSUPPORTED` for a model with a core and a readout that cannot train it.
 */
export async function fitWhole(
  configuration: Configuration,
  selection: Selection,
  surroundings: Surroundings & WholeFitHooks,
): Promise<WholeFit> {
  const { store, signal, onChosen, onProgress } = surroundings;
  const comparison = await openComparison(configuration, surroundings);
  const features = createFeatureStore(comparison, store);
  const dispose = async () => {
    await features.close();
    await comparison.dispose();
  };
  try {
    const cell = chooseCell(comparison, selection);
    await onChosen?.(cell);
    for (const each of modelsOf(cell)) {
      const report = (fraction: number) => onProgress?.(`extracting features of ${each.name}`, fraction);
      await features.extractMissing(each, report, signal);
    }
    const responses = createResponseReader(comparison.dataset);
    const source: FitSource = { ...cell, layer: cell.layer.name, features, responses };
    const fit = () => fitOn(source, cell, surroundings);
    const { groups, unit } = await keptOrFitted(store, keyOf(cell), cell, fit);
    return {
      ...{ ...cell, groups, unit, dispose },
      warnings: sumWarnings(groups.flatMap(({ fitted }) => fitted.warnings)),
      scores: await heldOutScores(cell, store),
      predict: (positions) => predict(source, groups, positions, signal),
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function keyOf({ comparison: { description }, model, layer, described, subject }: Cell): string {
  const fold = { train: subject.seen, validation: [], test: [] };
  const whole = fitKey(description, { model, layer: layer.name, readout: described, subject, fold });
  return hashOf({ version: 2, whole });
}

async function fitOn(
  source: FitSource,
  { comparison, model, readout, subject }: Cell,
  { signal, onProgress }: WholeFitHooks & Pick<Surroundings, 'signal'>,
): Promise<FittedGroups> {
  const training = await readFitData(source, subject.seen);
  const common = {
    ...coreOf(model),
    seed: comparison.configuration.seed,
    onProgress: (fraction: number) => onProgress?.(`fitting ${readout.name}`, fraction),
    ...(signal ? { signal } : {}),
  };
  const groups: FittedGroup[] = [];
  for await (const group of fitGroups(readout, subject, { training, validation: undefined }, common))
    groups.push(group);
  return { groups, unit: training.responses.values.unit };
}

async function predict(
  source: FitSource,
  groups: readonly FittedGroup[],
  positions: readonly number[],
  signal?: AbortSignal,
): Promise<StimulusByVoxel> {
  const inputs = await readInputs(source, positions);
  const merged = mergeGroups(positions.length, source.subject.voxelIds.length);
  for (const { voxels, fitted } of groups) merged.add(voxels, fitted, await fitted.doPredict(inputs, signal));
  const { shape, data } = merged.finish().arrays[PREDICTIONS];
  return labelled(['stimulus', 'voxel'], [shape[0], shape[1]], data as Float32Array);
}
