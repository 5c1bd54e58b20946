// A plan is a graph of tasks; an executor runs it. Each task's key is the hash of everything that determines its
// result, so that any executor may run any task, and what is done is never done twice.

export type TaskKind =
  'extract' | 'ceiling' | 'fit' | 'fit-summary' | 'score' | 'geometry' | 'geometry-ceiling';

/** Predicted cost, for the pre-flight. */
export interface TaskCost {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly seconds: number;
}

export interface Task {
  /** SHA-256, hex, of everything that determines the result. */
  readonly key: string;
  readonly kind: TaskKind;
  /** For people: `fit ridge on resnet50/layer3, subj01, fold 2 of 5`. */
  readonly title: string;
  /** Keys of tasks whose results it reads. */
  readonly dependsOn: readonly string[];
  readonly cost: TaskCost;
}

/** Tasks in an order in which each stands behind what it depends on. */
export interface TaskGraph<T extends Task = Task> {
  readonly tasks: readonly T[];
}

export type TaskEvent =
  | { readonly type: 'started' | 'reused' | 'failed'; readonly task: Task }
  | { readonly type: 'progress'; readonly task: Task; readonly fraction: number }
  | { readonly type: 'finished'; readonly task: Task; readonly seconds: number };

export interface ExecutionRequest<T extends Task = Task> {
  readonly graph: TaskGraph<T>;
  /** Is the result there already, whole and unaltered? */
  isDone(task: T): Promise<boolean>;
  /** Does the work and stores the result. */
  perform(task: T, onProgress: (fraction: number) => void): Promise<void>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TaskEvent) => void;
}

export interface ExecutionSummary {
  readonly performed: number;
  readonly reused: number;
}

export interface Executor {
  readonly specVersion: 'v1';
  readonly id: string;
  readonly title: string;
  run<T extends Task>(request: ExecutionRequest<T>): Promise<ExecutionSummary>;
}
