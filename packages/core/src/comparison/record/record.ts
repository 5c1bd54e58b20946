// From the artefacts of a finished plan to the run record. Nothing here depends on when or where it ran.

import {
  RECORD_VERSION,
  encodeFloats,
  type ModelCard,
  type RecordedModel,
  type RecordedSubject,
  type RunRecord,
  type TaskGraph,
} from '@striate/contracts';
import type { DescribedModel } from '../../plan/description.js';
import type { ComparisonTask } from '../../plan/tasks.js';
import { hashOf, type ArtefactStore } from '../../store/index.js';
import { VERSION } from '../../version.js';
import { warnOfLeftOut } from '../cores.js';
import type { OpenComparison } from '../open.js';
import type { ChosenReadout } from '../parts.js';
import { sumWarnings } from '../perform/sum-warnings.js';
import type { SelectedSubject } from '../subjects.js';
import { cardOf, UNION } from '../unions.js';
import { gatherCeilings, type RecordedCeiling } from './ceilings.js';
import { gatherFits } from './fits.js';
import { gatherGeometry, gatherGeometryCeilings } from './geometry.js';
import { orNull } from './or-null.js';
import { gatherPredictions } from './predictions.js';

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
    warnings: sumWarnings([...warnOfLeftOut(description), ...fits.flatMap((fit) => fit.warnings)]),
  };
}

function recordModel(
  { name, fingerprint, layers, core }: DescribedModel,
  backend: string,
  card: ModelCard,
): RecordedModel {
  return {
    ...{ name, backend, card, fingerprint },
    ...(core ? { core: core.description } : {}),
    layers: layers.map((layer) => ({ name: layer.name, shape: layer.shape, depth: layer.depth })),
  };
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
