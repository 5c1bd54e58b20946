// The loop: epochs of batches, validation, early stopping, checkpoints, progress.

import { aborted, invalidTrainingOption } from '@striate/contracts';
import type { Parameter } from '../graph/index.js';
import { zerosLike, type Tensor } from '../session/tensor.js';
import {
  loadCheckpoint,
  restore,
  saveCheckpoint,
  type HistoryEntry,
  type TrainingPosition,
} from './checkpoint.js';
import { NOTHING_YET, takeScore } from './early-stopping.js';
import type { Schedule } from './schedule.js';
import type { StepOptions, TrainingProblem } from './problem.js';
import { openTrainingStep } from './step.js';

/** One batch: input name → tensor, with the shapes that the graph was built for. */
export type Batch = Readonly<Record<string, Tensor>>;

export interface TrainingData {
  /** Batches in one epoch. */
  readonly nBatches: number;
  /** Stimuli in one batch, for the throughput. */
  readonly batchSize: number;
  /**
   * The batches of an epoch in their order, from the one at `start` on. The same epoch always gives the same batches.
   * A batch is read before the next is asked for, so its buffers may be used again.
   */
  batches(epoch: number, start: number): AsyncIterable<Batch> | Iterable<Batch>;
}

export interface TrainingProgress {
  readonly step: number;
  readonly epoch: number;
  /** Of the last batch. */
  readonly loss: number;
  /** The latest; NaN before the first validation. */
  readonly score: number;
  readonly stimuliPerSecond: number;
  /** Until the last epoch ends, if nothing stops training before. */
  readonly secondsLeft: number;
}

export interface TrainOptions extends StepOptions {
  readonly learningRate: Schedule;
  readonly maxEpochs: number;
  /**
   * Score of the parameters as they are; larger is better.
   *
   * @param parameters Parameters and running statistics by name, to be read before the promise is settled.
   */
  readonly validate?: (parameters: ReadonlyMap<string, Tensor>) => Promise<number>;
  /** Updates between validations. Default: once per epoch. */
  readonly validateEvery?: number;
  /** Validations without a gain after which to stop. Default: never. */
  readonly patience?: number;
  readonly checkpoint?: {
    readonly path: string;
    /** Updates between checkpoints. */
    readonly every: number;
    /** What else determines the course: data, seed. A checkpoint of anything else is refused. */
    readonly description?: string;
  };
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

export interface Trained {
  /** Parameters and running statistics at the best validation score; the last ones where nothing was validated. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Updates made. */
  readonly steps: number;
  readonly epochs: number;
  /** -Infinity where nothing was validated. */
  readonly bestScore: number;
  readonly history: readonly HistoryEntry[];
  readonly stoppedBy: 'epochs' | 'patience';
}

/**
 * Train until the epochs are over or validation no longer gains.
 *
 * A run that was killed goes on from its last checkpoint and ends with the same bytes as one that was not.
 *
 * @throws {UsageError} `STRIATE_INVALID_TRAINING_OPTION`.
 * @throws {DataError} `STRIATE_TRAINING_NOT_FINITE`, `STRIATE_CHECKPOINT_MISMATCH`.
 * @throws {CapabilityError} `STRIATE_ABORTED`, `STRIATE_GRADIENT_MISSING`.
 */
export async function train(
  problem: TrainingProblem,
  data: TrainingData,
  options: TrainOptions,
): Promise<Trained> {
  requireOptions(data, options);
  const compiled = await openTrainingStep(problem, options);
  try {
    return await runLoop(compiled, problem, data, options);
  } finally {
    await compiled.dispose();
  }
}

const BEGINNING: TrainingPosition = {
  ...{ step: 0, epoch: 0, batch: 0, lossSum: 0, lossCount: 0, history: [] },
  ...NOTHING_YET,
};

type Compiled = Awaited<ReturnType<typeof openTrainingStep>>;

async function runLoop(
  compiled: Compiled,
  problem: TrainingProblem,
  data: TrainingData,
  options: TrainOptions,
): Promise<Trained> {
  const { accumulate = 1, checkpoint, signal, validate, patience = Infinity } = options;
  const updatesPerEpoch = Math.floor(data.nBatches / accumulate);
  const { validateEvery = updatesPerEpoch } = options;
  const description = describe(options);
  const learnt = namesLearnt(problem);
  const { state } = compiled;
  let best: ReadonlyMap<string, Tensor> = new Map();
  let position = BEGINNING;
  const saved = checkpoint && (await loadCheckpoint(checkpoint.path, description));
  if (saved && checkpoint) {
    best = restore(checkpoint.path, saved, state);
    position = saved.position;
  }
  const meter = startMeter(data, options, position);

  const finish = (stoppedBy: Trained['stoppedBy']): Trained => ({
    parameters: best.size > 0 ? best : snapshot(compiled, learnt),
    steps: position.step,
    epochs: position.epoch,
    bestScore: position.best,
    history: position.history,
    stoppedBy,
  });

  while (position.epoch < options.maxEpochs) {
    if (position.sinceBest >= patience) return finish('patience');
    for await (const batch of data.batches(position.epoch, position.batch)) {
      if (position.batch >= updatesPerEpoch * accumulate) break; // what does not fill an update is left to no one
      if (signal?.aborted) throw aborted('Training');
      const step = position.step + 1;
      const { loss, gradientNorm } = await compiled.run(batch, {
        step,
        learningRate: options.learningRate(step),
      });
      position = {
        ...position,
        ...{ step: gradientNorm === undefined ? position.step : step },
        ...{ batch: position.batch + 1, lossSum: position.lossSum + loss, lossCount: position.lossCount + 1 },
      };
      meter(position, loss);
      if (gradientNorm === undefined) continue;
      if (validate && step % validateEvery === 0) {
        const score = await validate(views(compiled, learnt));
        const { isBest, ...stopping } = takeScore(position, score);
        const entry = { step, loss: position.lossSum / position.lossCount, score };
        const history = [...position.history, entry];
        position = { ...position, ...stopping, ...{ lossSum: 0, lossCount: 0, history } };
        if (isBest) best = snapshot(compiled, learnt, best);
        if (position.sinceBest >= patience) break;
      }
      if (checkpoint && step % checkpoint.every === 0)
        await saveCheckpoint(checkpoint.path, { description, position }, state, best);
    }
    if (position.sinceBest >= patience) return finish('patience');
    position = { ...position, epoch: position.epoch + 1, batch: 0 };
  }
  return finish('epochs');
}

function requireOptions(
  data: TrainingData,
  { accumulate = 1, maxEpochs, checkpoint, validateEvery }: TrainOptions,
) {
  const positive = { maxEpochs, 'checkpoint.every': checkpoint?.every, validateEvery };
  for (const [option, value] of Object.entries(positive)) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0))
      throw invalidTrainingOption({ option, value, expected: 'a positive integer' });
  }
  if (data.nBatches < accumulate)
    throw invalidTrainingOption({
      option: 'accumulate',
      value: accumulate,
      expected: `at most the ${data.nBatches} batches of an epoch`,
    });
}

function describe({
  optimiser,
  accumulate = 1,
  accumulation = 'mean',
  clipNorm,
  checkpoint,
}: TrainOptions): string {
  const parts = [
    optimiser.description,
    `accumulate ${accumulate} (${accumulation})`,
    `clipNorm ${clipNorm ?? 'none'}`,
  ];
  return [...parts, ...(checkpoint?.description === undefined ? [] : [checkpoint.description])].join('; ');
}

function namesLearnt({ parameters, running }: TrainingProblem): readonly string[] {
  const moved: readonly Parameter[] = [...parameters, ...(running?.keys() ?? [])];
  return moved.map(({ origin }) => origin.name);
}

const views = ({ state }: Compiled, names: readonly string[]) =>
  new Map(names.map((name) => [name, state.get(name)]));

/** @param into A snapshot that nobody needs any more, if there is one: written over. */
const snapshot = ({ state }: Compiled, names: readonly string[], into?: ReadonlyMap<string, Tensor>) =>
  new Map(
    names.map((name): [string, Tensor] => {
      const current = state.get(name);
      const copy = into?.get(name) ?? zerosLike(current);
      (copy.data as Float32Array).set(current.data as Float32Array);
      return [name, copy];
    }),
  );

/** Throughput and time left, from the time since this process began to train. */
function startMeter(
  { nBatches, batchSize }: TrainingData,
  { maxEpochs, onProgress }: TrainOptions,
  from: TrainingPosition,
): (position: TrainingPosition, loss: number) => void {
  if (!onProgress) return () => {};
  const begun = performance.now();
  const batchesAt = ({ epoch, batch }: TrainingPosition) => epoch * nBatches + batch;
  return (position, loss) => {
    const seconds = (performance.now() - begun) / 1000;
    const perSecond = (batchesAt(position) - batchesAt(from)) / seconds;
    onProgress({
      ...{ step: position.step, epoch: position.epoch, loss },
      score: position.history.at(-1)?.score ?? Number.NaN,
      stimuliPerSecond: perSecond * batchSize,
      secondsLeft: (maxEpochs * nBatches - batchesAt(position)) / perSecond,
    });
  };
}
