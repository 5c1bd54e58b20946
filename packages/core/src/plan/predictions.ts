// Fits of a layer by every readout that can read it, and their scores.

import { asMapShape, rowLength, type LayerInfo, type TaskCost } from '@striate/contracts';
import type {
  ComparisonDescription,
  DescribedModel,
  DescribedReadout,
  DescribedSubject,
} from './description.js';
import { planExtraction } from './extraction.js';
import { fitKey, fitSummaryKey, scoreKey, seenOf } from './keys.js';
import type { Add, ExtractTask, FitSummaryTask, FitTask, ScoreTask } from './tasks.js';

/** Used for the pre-flight only: arithmetic of a readout, on two cores. */
const ASSUMED_OPERATIONS_PER_SECOND = 1e11;

/** A layer read out for every subject, fold and scorer. */
export function planPredictions(
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
export function canRead(
  { trainsCores }: Pick<DescribedReadout, 'trainsCores'>,
  { core }: Pick<DescribedModel, 'core'>,
): boolean {
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
    rowLength: rowLength({ rowShape: layer.shape }),
    ...(model.spaces && { nBands: model.spaces.length }),
    ...(core && { core: core.measure(asMapShape(layer.shape)) }),
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
      diskBytes: 4 * nTest * size.nVoxels,
      seconds: readout.estimateWork(size) / ASSUMED_OPERATIONS_PER_SECOND,
    },
  };
}

function scoreCost(subject: DescribedSubject): TaskCost {
  const values = subject.seen.length * subject.voxelIds.length;
  return { memoryBytes: 24 * values, diskBytes: 12 * subject.voxelIds.length, seconds: values / 1e8 };
}
