// The plan: from what is to be compared to a graph of tasks. A pure function: no clock, no files, no randomness
// but the seed's.

import type { LayerInfo, MapShape, TaskCost, TaskGraph } from '@striate/contracts';
import { rowLength } from '@striate/contracts';
import type {
  ComparisonDescription,
  DescribedModel,
  DescribedReadout,
  DescribedSubject,
} from './description.js';
import { ceilingKey, extractKey, fitKey, fitSummaryKey, geometryKey, scoreKey, seenOf } from './keys.js';
import type { ComparisonTask, ExtractTask, FitSummaryTask, FitTask, ScoreTask } from './tasks.js';

/** Used for the pre-flight only: one image through a network, and arithmetic of a readout, on two cores. */
const ASSUMED_SECONDS_PER_STIMULUS = 0.03;
const ASSUMED_OPERATIONS_PER_SECOND = 5e10;
const BYTES_PER_VALUE = 4;

/**
 * Plan a comparison.
 *
 * @param description What is compared.
 * @returns The graph; tasks with equal keys stand in it once.
 */
export function planComparison(description: ComparisonDescription): TaskGraph<ComparisonTask> {
  const tasks = new Map<string, ComparisonTask>();
  const add = <T extends ComparisonTask>(task: T): T => {
    if (!tasks.has(task.key)) tasks.set(task.key, task);
    return task;
  };
  for (const subject of description.subjects) planCeiling(description, subject, add);
  for (const model of description.models) {
    const extracts = (model.spaces?.map((space) => space.model) ?? [model]).map((each) =>
      add(planExtraction(each)),
    );
    for (const layer of model.layers) {
      planPredictions(description, model, layer, extracts, add);
      planGeometry(description, model, layer, extracts, add);
    }
  }
  planGeometryCeilings(description, add);
  return { tasks: [...tasks.values()] };
}

type Add = <T extends ComparisonTask>(task: T) => T;

function planCeiling(description: ComparisonDescription, subject: DescribedSubject, add: Add): void {
  if (!description.ceiling || subject.voxelIds.length === 0) return;
  const values = subject.seen.length * subject.voxelIds.length;
  add({
    key: ceilingKey(description, subject),
    kind: 'ceiling',
    title: `noise ceiling (${description.ceiling.name}) of ${subject.subject}`,
    dependsOn: [],
    subject: subject.subject,
    cost: { memoryBytes: 32 * values, diskBytes: 32 * subject.voxelIds.length, seconds: values / 1e7 },
  });
}

function planExtraction(model: DescribedModel): ExtractTask {
  const nStimuli = model.rowKeys.length;
  const perStimulus = model.layers.reduce((sum, layer) => sum + layerLength(layer), 0) * BYTES_PER_VALUE;
  return {
    key: extractKey(model),
    kind: 'extract',
    title: `extract ${model.layers.length === 1 ? 'one layer' : `${model.layers.length} layers`} of ${model.name}, ${nStimuli} stimuli`,
    dependsOn: [],
    model: model.name,
    cost: {
      memoryBytes: 64 * perStimulus,
      diskBytes: nStimuli * perStimulus,
      seconds: nStimuli * ASSUMED_SECONDS_PER_STIMULUS,
    },
  };
}

function planPredictions(
  description: ComparisonDescription,
  model: DescribedModel,
  layer: LayerInfo,
  extracts: readonly ExtractTask[],
  add: Add,
): void {
  const scorers = description.scorers.filter((scorer) => scorer.kind === 'prediction');
  if (scorers.length === 0) return;
  for (const readout of description.readouts.filter((each) => canRead(each, model))) {
    const inputs = [...extracts, ...(readout.locator ? [add(planExtraction(readout.locator))] : [])];
    for (const subject of description.subjects) {
      const fits = description.folds.map((_, fold) =>
        add(planFit(description, { model, layer, readout, subject, fold }, inputs)),
      );
      const dependsOn = fits.map((fit) => fit.key);
      const cell = { model: model.name, layer: layer.name, readout: readout.name, subject: subject.subject };
      const what = `${model.name}/${layer.name}, ${readout.name}, ${subject.subject}`;
      const cost = scoreCost(subject);
      add<FitSummaryTask>({
        ...{ key: fitSummaryKey(dependsOn), kind: 'fit-summary', title: `sum up fits of ${what}` },
        ...{ ...cell, dependsOn, cost },
      });
      for (const scorer of scorers) {
        add<ScoreTask>({
          key: scoreKey(description, { scorer, subject, fits: dependsOn }),
          ...{ kind: 'score', title: `score ${what}: ${scorer.name}` },
          ...{ ...cell, scorer: scorer.name, dependsOn, cost },
        });
      }
    }
  }
}

/** A core is trained together with a readout, which not every readout can. */
export function canRead({ trainsCores }: DescribedReadout, { core }: DescribedModel): boolean {
  return trainsCores || !core;
}

function planFit(
  description: ComparisonDescription,
  cell: {
    model: DescribedModel;
    layer: LayerInfo;
    readout: DescribedReadout;
    subject: DescribedSubject;
    fold: number;
  },
  extracts: readonly ExtractTask[],
): FitTask {
  const { model, layer, readout, subject } = cell;
  const { core } = model;
  const fold = description.folds[cell.fold];
  const size = {
    nStimuli: seenOf(subject, fold.train).length,
    rowShape: layer.shape,
    rowLength: layerLength(layer),
    ...(model.spaces && { nBands: model.spaces.length }),
    ...(core && { core: core.measure(mapShapeOf(layer)) }),
    nVoxels: subject.voxelIds.length,
  };
  const nTest = seenOf(subject, fold.test).length;
  const foldTitle =
    description.folds.length > 1 ? `, fold ${cell.fold + 1} of ${description.folds.length}` : '';
  return {
    key: fitKey(description, { model, layer: layer.name, readout, subject, fold }),
    kind: 'fit',
    title: `fit ${readout.name} on ${model.name}/${layer.name}, ${subject.subject}${foldTitle}`,
    dependsOn: [...new Set(extracts.map((extract) => extract.key))],
    model: model.name,
    layer: layer.name,
    readout: readout.name,
    subject: subject.subject,
    fold: cell.fold,
    cost: {
      memoryBytes: readout.estimateMemory(size),
      diskBytes: BYTES_PER_VALUE * nTest * size.nVoxels,
      seconds: readout.estimateWork(size) / ASSUMED_OPERATIONS_PER_SECOND,
    },
  };
}

function planGeometry(
  description: ComparisonDescription,
  model: DescribedModel,
  layer: LayerInfo,
  extracts: readonly ExtractTask[],
  add: Add,
): void {
  if (model.core) return; // its features are made only together with a readout
  for (const scorer of description.scorers.filter((candidate) => candidate.kind === 'geometry')) {
    for (const region of description.regions) {
      add({
        key: geometryKey(description, { scorer, region, model, layer: layer.name }),
        kind: 'geometry',
        title: `${scorer.name} of ${model.name}/${layer.name} and ${region}`,
        dependsOn: [...new Set(extracts.map((extract) => extract.key))],
        model: model.name,
        layer: layer.name,
        scorer: scorer.name,
        region,
        cost: geometryCost(description),
      });
    }
  }
}

function planGeometryCeilings(description: ComparisonDescription, add: Add): void {
  for (const scorer of description.scorers.filter((candidate) => candidate.kind === 'geometry')) {
    for (const region of description.regions) {
      add({
        key: geometryKey(description, { scorer, region }),
        kind: 'geometry-ceiling',
        title: `ceiling of ${scorer.name} over subjects, ${region}`,
        dependsOn: [],
        scorer: scorer.name,
        region,
        cost: geometryCost(description),
      });
    }
  }
}

function scoreCost(subject: DescribedSubject): TaskCost {
  const values = subject.seen.length * subject.voxelIds.length;
  return { memoryBytes: 24 * values, diskBytes: 12 * subject.voxelIds.length, seconds: values / 1e8 };
}

function geometryCost(description: ComparisonDescription): TaskCost {
  const pairs = description.stimulusIds.length ** 2;
  return { memoryBytes: 24 * pairs, diskBytes: 1024, seconds: pairs / 1e7 };
}

/** A vector is a map of one pixel. */
function mapShapeOf({ shape: [channels, height = 1, width = 1] }: LayerInfo): MapShape {
  return [channels, height, width];
}

function layerLength(layer: LayerInfo): number {
  return rowLength({ rowShape: layer.shape });
}

/** What a plan costs: memory of its largest task, disk and time of all. */
export function totalCost(graph: TaskGraph): TaskCost {
  return graph.tasks.reduce<TaskCost>(
    (total, { cost }) => ({
      memoryBytes: Math.max(total.memoryBytes, cost.memoryBytes),
      diskBytes: total.diskBytes + cost.diskBytes,
      seconds: total.seconds + cost.seconds,
    }),
    { memoryBytes: 0, diskBytes: 0, seconds: 0 },
  );
}
