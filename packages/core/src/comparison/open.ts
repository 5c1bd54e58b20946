// Opening a comparison: everything that a configuration names is found and checked before any work starts, so that
// a typing error in the last line does not cost an hour.

import type { OpenDataset, PluginContext, Stimulus } from '@striate/contracts';
import type { Configuration } from '../configuration/schema.js';
import { makeFolds } from '../plan/split.js';
import type { ComparisonDescription, DescribedPart } from '../plan/description.js';
import type { Registry } from '../registry/index.js';
import type { ArtefactStore } from '../store/index.js';
import { requireFrozen, requireSomeRead } from './cores.js';
import { openModels, type OpenModel } from './models.js';
import { chooseParts, type Chosen, type ChosenReadout, type Parts } from './parts.js';
import {
  selectRegions,
  selectStimuli,
  selectSubjectNames,
  selectSubjects,
  type SelectedSubject,
} from './subjects.js';
import { openUnions, type OpenUnion } from './unions.js';

export interface OpenComparison {
  readonly configuration: Configuration;
  readonly dataset: OpenDataset;
  readonly stimuli: readonly Stimulus[];
  readonly models: readonly OpenModel[];
  readonly unions: readonly OpenUnion[];
  /** Readout's name → the model, at its one layer, that describes images to it. */
  readonly locators: ReadonlyMap<string, OpenModel>;
  readonly parts: Parts;
  readonly subjects: readonly SelectedSubject[];
  /** Subjects whose RDMs are used, for a dataset that has RDMs. */
  readonly rdmSubjects: readonly string[];
  readonly description: ComparisonDescription;
  dispose(): Promise<void>;
}

export interface Surroundings {
  readonly registry: Registry;
  readonly store: ArtefactStore;
  /** Folder that relative paths of the configuration start from. */
  readonly baseFolder: string;
  readonly signal?: AbortSignal;
}

/**
 * Open the dataset, the models and all parts of a comparison, and describe it for the plan.
 *
 * @throws {StriateError} of the kinds `usage` and `data`, for everything that can be wrong with a configuration and the files that it
 *   names; nothing was computed or written then.
 */
export async function openComparison(
  configuration: Configuration,
  { registry, store, baseFolder, signal }: Surroundings,
): Promise<OpenComparison> {
  const context: PluginContext = { ...configuration.engine, baseFolder, ...(signal ? { signal } : {}) };
  const opened: OpenModel[] = [];
  const openedLocators: OpenModel[] = [];
  const dispose = async () => {
    for (const model of [...opened, ...openedLocators]) await model.loaded.dispose();
  };
  try {
    const parts = await chooseParts(configuration, registry);
    const datasetPlugin = await registry.get('datasets', configuration.dataset.id);
    const dataset = await datasetPlugin.doOpen(
      datasetPlugin.parseOptions(configuration.dataset.options),
      context,
    );
    const stimuli = await selectStimuli(configuration, dataset, baseFolder);
    const regions = selectRegions(configuration, dataset);
    const subjects = await selectSubjects(configuration, dataset, stimuli, regions);
    const surroundings = { registry, store, context };
    await openModels(configuration.models, stimuli, { ...surroundings, opened });
    const unions = openUnions(configuration.unions, opened);
    const located = parts.readouts.filter(({ locator }) => locator !== undefined);
    await openModels(located.map(locatorEntry), stimuli, { ...surroundings, opened: openedLocators });
    for (const model of openedLocators) requireFrozen(model, 'a locator');
    const locators = new Map(located.map(({ name }, i) => [name, openedLocators[i]]));
    const rdmSubjects = dataset.loadRdms ? selectSubjectNames(configuration, dataset) : [];
    const described = {
      ...{ configuration, dataset, stimuli, models: opened, unions, locators, parts, subjects, rdmSubjects },
    };
    const description = describeComparison(described, regions);
    requireSomeRead(description);
    return { ...described, description, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function locatorEntry({ name, locator }: ChosenReadout): Configuration['models'][number] {
  const { backend, model, layer, options } = locator!;
  return { name: `locator of ${name}`, backend, model, layers: [layer], options };
}

type Described = Omit<OpenComparison, 'description' | 'dispose'>;

function describeComparison(comparison: Described, regions: readonly string[]): ComparisonDescription {
  const { configuration, dataset, stimuli, locators, parts, subjects } = comparison;
  const stimulusIds = stimuli.map((stimulus) => stimulus.id);
  const needsFolds = parts.predictionScorers.length > 0;
  return {
    seed: configuration.seed,
    stimulusIds,
    folds: needsFolds ? makeFolds(stimulusIds, configuration.split, dataset.split, configuration.seed) : [],
    foldScores: configuration.split.kind === 'folds' ? configuration.split.scores : 'pooled',
    models: [...comparison.models, ...comparison.unions],
    readouts: parts.readouts.map((readout) => ({
      ...describePart(readout),
      isVoxelIndependent: readout.part.isVoxelIndependent,
      trainsCores: readout.part.trainsCores ?? false,
      wantsCoordinates: readout.part.wantsCoordinates?.(readout.options) ?? false,
      locator: locators.get(readout.name),
      estimateMemory: (size) => readout.part.estimateMemory(size, readout.options),
      estimateWork: (size) => readout.part.estimateWork(size, readout.options),
    })),
    scorers: [...parts.predictionScorers, ...parts.geometryScorers].map((scorer) => ({
      ...describePart(scorer),
      kind: scorer.part.kind,
    })),
    ceiling: parts.ceiling && describePart(parts.ceiling),
    subjects,
    regions,
    rdms: describeRdms(comparison, regions),
  };
}

function describePart({ name, part, options }: Chosen<{ id: string; version: number }>): DescribedPart {
  return { name, id: part.id, version: part.version, options };
}

/** RDMs of a dataset stand for its responses only where it has no responses. */
function describeRdms({ dataset, rdmSubjects }: Described, regions: readonly string[]): Map<string, string> {
  if (!dataset.rdmsFingerprint || dataset.voxels.length > 0) return new Map();
  const fingerprint = dataset.rdmsFingerprint.bind(dataset);
  return new Map(regions.map((region) => [region, `${fingerprint(region)} ${JSON.stringify(rdmSubjects)}`]));
}
