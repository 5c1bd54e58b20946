// From the artefacts of a finished plan to the run record. Nothing here depends on when or where it ran.

import {
  RECORD_VERSION,
  encodeFloats,
  type CeilingValues,
  type Convention,
  type ConventionResult,
  type FitRecord,
  type GeometryCell,
  type ModelCard,
  type PredictionCell,
  type RecordedModel,
  type RecordedSubject,
  type RunRecord,
  type TaskGraph,
  type Warning,
} from '@striate/contracts';
import type { DescribedModel } from '../plan/description.js';
import { tasksOf, type ComparisonTask } from '../plan/tasks.js';
import { hashOf, type Artefact, type ArtefactStore } from '../store/index.js';
import { VERSION } from '../version.js';
import { partsOf } from './perform/parts.js';
import { sumWarnings } from './perform/sum-warnings.js';
import type { OpenComparison } from './open.js';
import type { ChosenReadout } from './parts.js';
import { summarise } from './summary.js';
import type { SelectedSubject } from './subjects.js';
import { cardOf, UNION } from './unions.js';

/**
 * Gather the record of a run whose tasks are all done.
 *
 * @throws {DataError} `STRIATE_ARTEFACT_CORRUPT` if an artefact was altered since.
 */
export async function gatherRecord(
  comparison: OpenComparison,
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<RunRecord> {
  const { configuration, dataset, description, parts } = comparison;
  const ceilings = await gatherCeilings(graph, store);
  const fits = await gatherFits(graph, store);
  return {
    recordVersion: RECORD_VERSION,
    striateVersion: VERSION,
    name: configuration.name,
    planKey: hashOf(graph.tasks.map((task) => task.key).sort()),
    seed: configuration.seed,
    configuration,
    dataset: {
      name: dataset.name,
      recordingKind: dataset.recordingKind,
      nStimuli: description.stimulusIds.length,
      ...(dataset.citation === undefined ? {} : { citation: dataset.citation }),
    },
    split: describeSplit(comparison),
    regions: description.regions,
    subjects: comparison.subjects.map((subject) => recordSubject(subject, ceilings.get(subject.subject))),
    models: [
      ...comparison.models.map((model) => recordModel(model, model.backend, model.loaded.card)),
      ...comparison.unions.map((union) => recordModel(union, UNION, cardOf(union))),
    ],
    readouts: parts.readouts.map(({ name, part, options, locator }) => ({
      ...{ name, id: part.id, options },
      description: describeReadout(part.describe(options), locator, part.isVoxelIndependent),
    })),
    scorers: [...parts.predictionScorers, ...parts.geometryScorers].map(({ name, part, options }) => ({
      ...{ name, id: part.id, kind: part.kind, title: part.title, options },
      description: part.describe(options),
      range: [orNull(part.range[0]), orNull(part.range[1])],
    })),
    ceiling: parts.ceiling
      ? {
          id: parts.ceiling.part.id,
          options: parts.ceiling.options,
          description: parts.ceiling.part.describe(parts.ceiling.options),
        }
      : null,
    conventions: parts.conventions.map(({ id, title, formula, source }) => ({ id, title, formula, source })),
    fits,
    predictions: await gatherPredictions(comparison, graph, store, ceilings),
    geometry: await gatherGeometry(graph, store),
    geometryCeilings: await gatherGeometryCeilings(graph, store),
    warnings: sumWarnings(fits.flatMap((fit) => fit.warnings)),
  };
}

function recordModel(
  { name, fingerprint, layers }: DescribedModel,
  backend: string,
  card: ModelCard,
): RecordedModel {
  return {
    ...{ name, backend, card, fingerprint },
    layers: layers.map((layer) => ({ name: layer.name, shape: layer.shape, depth: layer.depth })),
  };
}

type RecordedCeiling = CeilingValues & { readonly method: string; readonly nUndefined: number };

async function gatherCeilings(graph: TaskGraph<ComparisonTask>, store: ArtefactStore) {
  const ceilings = new Map<string, RecordedCeiling>();
  for (const task of tasksOf(graph, 'ceiling')) {
    const { values, arrays } = await store.get(task.key);
    ceilings.set(task.subject, {
      ...(values as { method: string; nUndefined: number }),
      correlation: arrays['correlation'].data as Float64Array,
      variance: arrays['variance'].data as Float64Array,
    });
  }
  return ceilings;
}

async function gatherPredictions(
  { subjects, parts }: OpenComparison,
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
  ceilings: ReadonlyMap<string, RecordedCeiling>,
): Promise<PredictionCell[]> {
  const cells: PredictionCell[] = [];
  for (const { key, model, layer, readout, subject, scorer } of tasksOf(graph, 'score')) {
    const selected = subjects.find((each) => each.subject === subject)!;
    const scorerId = parts.predictionScorers.find((each) => each.name === scorer)!.part.id;
    const conventions = parts.conventions.filter((convention) => convention.scorer === scorerId);
    const artefact = await store.get(key);
    const scores = artefact.arrays['values'].data as Float64Array;
    const { nStimuli } = artefact.values as { nStimuli: [number, number] };
    const regions = summariseRegions(scores, selected, conventions, ceilings.get(subject));
    const split = gatherSplit(artefact);
    const cell = { model, layer, readout, subject, scorer, values: encodeFloats(scores), nStimuli, regions };
    cells.push(split ? { ...cell, parts: split } : cell);
  }
  return cells;
}

function gatherSplit({ arrays }: Artefact): PredictionCell['parts'] {
  const shares = Object.entries(partsOf(arrays));
  if (shares.length === 0) return undefined;
  return Object.fromEntries(shares.map(([name, { data }]) => [name, encodeFloats(data as Float64Array)]));
}

async function gatherGeometry(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<GeometryCell[]> {
  const cells: GeometryCell[] = [];
  for (const { key, model, layer, scorer, region } of tasksOf(graph, 'geometry')) {
    const { values, arrays } = await store.get(key);
    const scores = arrays['values'].data as Float64Array;
    const { subjects } = values as { subjects: string[] };
    cells.push({
      model,
      layer,
      scorer,
      region,
      subjects,
      values: encodeFloats(scores),
      summary: summarise(scores),
    });
  }
  return cells;
}

async function gatherGeometryCeilings(
  graph: TaskGraph<ComparisonTask>,
  store: ArtefactStore,
): Promise<RunRecord['geometryCeilings']> {
  const ceilings: RunRecord['geometryCeilings'][number][] = [];
  for (const { key, scorer, region } of tasksOf(graph, 'geometry-ceiling')) {
    const { values, arrays } = await store.get(key);
    const [lower, upper] = Array.from(arrays['bounds'].data as Float64Array, orNull);
    const { method } = values as { method: string };
    ceilings.push({ scorer, region, method, lower, upper });
  }
  return ceilings;
}

function summariseRegions(
  values: Float64Array,
  subject: SelectedSubject,
  conventions: readonly Convention[],
  ceiling: CeilingValues | undefined,
): PredictionCell['regions'] {
  return [...subject.regions]
    .filter(([, voxels]) => voxels.length > 0)
    .map(([region, voxels]) => ({
      region,
      summary: summarise(values, voxels),
      conventions: conventions.map((convention): ConventionResult => {
        const pick = (from: Float64Array) => Float64Array.from(voxels, (voxel) => from[voxel]);
        const ceilingHere = ceiling && {
          correlation: pick(ceiling.correlation),
          variance: pick(ceiling.variance),
        };
        const scores = pick(values);
        const normalised = convention.apply(ceilingHere ? { scores, ceiling: ceilingHere } : { scores });
        return {
          convention: convention.id,
          aggregate: orNull(normalised.aggregate),
          nVoxels: normalised.nVoxels,
        };
      }),
    }));
}

async function gatherFits(graph: TaskGraph<ComparisonTask>, store: ArtefactStore): Promise<FitRecord[]> {
  const fits: FitRecord[] = [];
  for (const { key, model, layer, readout, subject } of tasksOf(graph, 'fit-summary')) {
    const { values, arrays } = await store.get(key);
    const { nParameters, warnings } = values as { nParameters: number; warnings: Warning[] };
    const perVoxel = Object.entries(arrays).map(([name, { data }]) => [
      name,
      encodeFloats(data as Float64Array),
    ]);
    fits.push({
      model,
      layer,
      readout,
      subject,
      nParameters,
      perVoxel: Object.fromEntries(perVoxel),
      warnings,
    });
  }
  return fits;
}

function recordSubject(subject: SelectedSubject, ceiling: RecordedCeiling | undefined): RecordedSubject {
  const recorded: RecordedSubject = {
    subject: subject.subject,
    voxelIds: subject.voxelIds,
    regions: Object.fromEntries(subject.regions),
  };
  if (!ceiling) return recorded;
  const { method, nUndefined, correlation, variance } = ceiling;
  return {
    ...recorded,
    ceiling: { method, nUndefined, correlation: encodeFloats(correlation), variance: encodeFloats(variance) },
  };
}

function describeReadout(
  description: string,
  locator: ChosenReadout['locator'],
  isVoxelIndependent: boolean,
): string {
  const located = locator
    ? `; images described by ${locator.layer} of ${locator.backend}:${locator.model}`
    : '';
  const grouped = isVoxelIndependent ? '' : '; voxels of the same regions of a subject learnt together';
  return description + located + grouped;
}

function describeSplit({ configuration, description }: OpenComparison): RunRecord['split'] {
  const { folds } = description;
  if (folds.length === 0) return null;
  const { split, seed } = configuration;
  const sizes = `${folds[0].train.length} training and ${folds[0].test.length} test stimuli`;
  const text = {
    folds: () => {
      const order =
        split.kind === 'folds' && split.shuffle ? `shuffled by seed ${seed}` : 'in the order of the dataset';
      const scores =
        description.foldScores === 'pooled' ? 'scored once over all folds' : 'scored per fold and averaged';
      return `${folds.length} folds over stimuli, ${order} (${sizes} in the first); predictions ${scores}`;
    },
    holdout: () => `${sizes}, drawn by seed ${seed}`,
    dataset: () => `the dataset's own split: ${sizes}`,
  }[split.kind]();
  return { kind: split.kind, description: text, nFolds: folds.length };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
