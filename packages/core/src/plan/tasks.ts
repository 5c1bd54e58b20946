import type { Task, TaskGraph } from '@striate/contracts';

/** Features of all stimuli at all planned layers of a model, in one pass. */
export interface ExtractTask extends Task {
  readonly kind: 'extract';
  readonly model: string;
}

/** Noise ceilings of a subject's voxels. */
export interface CeilingTask extends Task {
  readonly kind: 'ceiling';
  readonly subject: string;
}

/** One readout on one layer and fold: fitted, and the predictions of the fold's test stimuli. */
export interface FitTask extends Task {
  readonly kind: 'fit';
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly subject: string;
  readonly fold: number;
}

/** Diagnostics of the fits of all folds, put together. `dependsOn` lists the fits. */
export interface FitSummaryTask extends Task {
  readonly kind: 'fit-summary';
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly subject: string;
}

/** Per-voxel scores of the predictions of all folds. `dependsOn` lists the fits, in the order of the folds. */
export interface ScoreTask extends Task {
  readonly kind: 'score';
  readonly model: string;
  readonly layer: string;
  readonly readout: string;
  readonly scorer: string;
  readonly subject: string;
}

/** One score per subject of how a layer arranges the stimuli. */
export interface GeometryTask extends Task {
  readonly kind: 'geometry';
  readonly model: string;
  readonly layer: string;
  readonly scorer: string;
  readonly region: string;
}

export interface GeometryCeilingTask extends Task {
  readonly kind: 'geometry-ceiling';
  readonly scorer: string;
  readonly region: string;
}

export type ComparisonTask =
  ExtractTask | CeilingTask | FitTask | FitSummaryTask | ScoreTask | GeometryTask | GeometryCeilingTask;

/** Adds a task to a plan, unless one of the same key is there; gives it back. */
export type Add = <T extends ComparisonTask>(task: T) => T;

/** The tasks of one kind in a graph, in its order. */
export function tasksOf<Kind extends ComparisonTask['kind']>(
  graph: TaskGraph<ComparisonTask>,
  kind: Kind,
): Extract<ComparisonTask, { kind: Kind }>[] {
  return graph.tasks.filter((task): task is Extract<ComparisonTask, { kind: Kind }> => task.kind === kind);
}
