// A training step: forward pass, loss, backward pass, accumulation, clipping and update as one graph, run by one
// session of ONNX Runtime.

import { invalidTrainingOption, trainingNotFinite } from '@striate/contracts';
import { gradients } from '../gradient/index.js';
import {
  input,
  listLeaves,
  onnx,
  parameter,
  scalar,
  toModel,
  type Parameter,
  type Value,
} from '../graph/index.js';
import { encodeModel } from '../onnx/model.js';
import { openSession, type Session, type SessionOptions } from '../session/session.js';
import type { Tensor, TensorData } from '../session/tensor.js';
import { findNotFinite } from './diagnosis.js';
import type { Optimiser } from './optimiser.js';
import { createState, type TrainingState } from './state.js';

/** What is to be learnt. Parameters that the loss reads and that are named nowhere here are frozen. */
export interface TrainingProblem {
  /** A scalar. */
  readonly loss: Value;
  /** What the optimiser moves. */
  readonly parameters: readonly Parameter[];
  /** What the forward pass itself moves (running statistics), and where to. */
  readonly running?: ReadonlyMap<Parameter, Value>;
  /** Where a parameter is brought back to after each update: masks that may not be negative. */
  readonly projections?: ReadonlyMap<Parameter, (value: Value) => Value>;
}

export interface StepOptions extends SessionOptions {
  readonly optimiser: Optimiser;
  /** Batches whose gradients make one update. Default: 1. */
  readonly accumulate?: number;
  /** How gradients of batches are put together. Default: mean. */
  readonly accumulation?: 'mean' | 'sum';
  /** The gradient of all parameters together is scaled down to this Euclidean norm, at most. */
  readonly clipNorm?: number;
}

export interface StepResult {
  /** Of this batch, before the update. */
  readonly loss: number;
  /** Euclidean norm over all parameters, before clipping; `undefined` where this batch made no update. */
  readonly gradientNorm?: number;
}

export interface TrainingStep {
  /** Parameters, running statistics and what the optimiser remembers, by name. */
  readonly state: TrainingState;
  /** Names of the tensors that a batch consists of. */
  readonly batchNames: readonly string[];
  /**
   * Learn from one batch. Every `accumulate`-th batch updates the parameters.
   *
   * @param step Number of the update that the batch is part of, from 1.
   * @throws {DataError} `STRIATE_TRAINING_NOT_FINITE` with the first tensor that was not finite; the parameters are
   *   then still those before the step.
   */
  run(
    batch: Readonly<Record<string, Tensor>>,
    at: { readonly step: number; readonly learningRate: number },
  ): Promise<StepResult>;
  dispose(): Promise<void>;
}

const NEXT = 'next/';

/**
 * Compile a training step.
 *
 * @throws {UsageError} `STRIATE_INVALID_TRAINING_OPTION`, `STRIATE_GRAPH_NAME_TWICE`, `STRIATE_GRAPH_MALFORMED`.
 * @throws {CapabilityError} `STRIATE_GRADIENT_MISSING` for an operator without a rule.
 * @throws {EnvironmentError} `STRIATE_DEVICE_UNAVAILABLE`.
 */
export async function openTrainingStep(
  problem: TrainingProblem,
  options: StepOptions,
): Promise<TrainingStep> {
  const { optimiser, accumulate = 1 } = options;
  if (!Number.isInteger(accumulate) || accumulate < 1)
    throw invalidTrainingOption({ option: 'accumulate', value: accumulate, expected: 'a positive integer' });
  const pulled = gradients(problem.loss, problem.parameters);
  const plan = planUpdate(problem, pulled, options);
  const running = [...(problem.running ?? new Map<Parameter, Value>())];
  const state = createState([...plan.stored, ...running.map(([moved]) => moved)]);
  const common = {
    loss: problem.loss,
    ...Object.fromEntries(running.map(([moved, next]) => [NEXT + moved.origin.name, next])),
  };
  const open = (outputs: Record<string, Value>) => openStepSession(outputs, state, options);
  const update = await open({ ...common, ...plan.update });
  const gather = accumulate > 1 ? await open({ ...common, ...plan.gather }) : undefined;
  let gathered = 0;

  async function runSession(session: StepSession, batch: Feeds, numbers: Feeds, step: number) {
    const result = await session.run(batch, numbers);
    const { loss, gradientNorm } = result;
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm ?? 0)) {
      state.swap(session.moved);
      return result;
    }
    const feeds = {
      ...batch,
      ...numbers,
      ...Object.fromEntries(state.names.map((name) => [name, state.get(name)])),
    };
    const tensor = await findNotFinite([problem.loss, ...pulled], feeds, options);
    throw trainingNotFinite({ step, loss, gradientNorm: gradientNorm ?? Number.NaN, tensor });
  }

  return {
    state,
    batchNames: update.inputNames.filter((name) => !state.names.includes(name) && !plan.numbers.has(name)),
    async run(batch, { step, learningRate }) {
      if (gather && gathered < accumulate - 1) {
        const result = await runSession(gather, batch, {}, step);
        gathered++;
        return result;
      }
      const values = { learningRate, ...optimiser.numbers(step) };
      const numbers = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, numberTensor(value, problem.loss)]),
      );
      const result = await runSession(update, batch, numbers, step);
      gathered = 0;
      for (const name of plan.accumulators) state.clear(name);
      return result;
    },
    async dispose() {
      await update.dispose();
      await gather?.dispose();
    },
  };
}

type Feeds = Readonly<Record<string, Tensor>>;

interface UpdatePlan {
  /** Parameters, what the optimiser remembers of them, and accumulators. */
  readonly stored: readonly Parameter[];
  readonly accumulators: readonly string[];
  readonly numbers: ReadonlySet<string>;
  readonly update: Record<string, Value>;
  readonly gather: Record<string, Value>;
}

function planUpdate(
  { loss, parameters, projections }: TrainingProblem,
  pulled: readonly Value[],
  { optimiser, accumulate = 1, accumulation = 'mean', clipNorm }: StepOptions,
): UpdatePlan {
  const numberNames = ['learningRate', ...Object.keys(optimiser.numbers(1))];
  const numbers = Object.fromEntries(numberNames.map((name) => [name, input(name, [], loss.dtype)]));
  const accumulators = accumulate > 1 ? parameters.map((trained) => zerosLike(trained, 'gradient')) : [];
  const summed = pulled.map((gradient, i) =>
    accumulate > 1 ? onnx.Add(accumulators[i], gradient) : gradient,
  );
  const share = accumulation === 'mean' ? 1 / accumulate : 1;
  const { norm, scaled } = clip(summed, share, clipNorm);
  const stored: Parameter[] = [...parameters, ...accumulators];
  const update: Record<string, Value> = { gradientNorm: norm };
  parameters.forEach((trained, i) => {
    const memories = optimiser.remembers.map((what) => [what, zerosLike(trained, what)] as const);
    stored.push(...memories.map(([, memory]) => memory));
    const before = { parameter: trained, remembered: Object.fromEntries(memories) };
    const next = optimiser.update(before, scaled[i], numbers as Record<'learningRate', Value>);
    const project = projections?.get(trained) ?? ((value: Value) => value);
    update[NEXT + trained.origin.name] = project(next.parameter);
    for (const [what, memory] of memories) update[NEXT + memory.origin.name] = next.remembered[what];
  });
  const gather = Object.fromEntries(
    accumulators.map((accumulator, i) => [NEXT + accumulator.origin.name, summed[i]]),
  );
  const names = accumulators.map(({ origin }) => origin.name);
  return { stored, accumulators: names, numbers: new Set(numberNames), update, gather };
}

function zerosLike({ dtype, shape, origin }: Parameter, what: string): Parameter {
  const data = origin.initial.data.slice() as Float32Array;
  return parameter(`${origin.name}/${what}`, { dtype, shape, data: data.fill(0) });
}

/** The norm of `share` times the gradients, and these, scaled down where it is larger than allowed. */
function clip(
  gradientsOf: readonly Value[],
  share: number,
  clipNorm: number | undefined,
): { norm: Value; scaled: readonly Value[] } {
  const squares = gradientsOf.map((gradient) => onnx.ReduceSumSquare(gradient));
  const raw = onnx.Sqrt(squares.reduce(onnx.Add));
  const norm = share === 1 ? raw : onnx.Mul(raw, scalar(share, raw));
  if (clipNorm === undefined) {
    const scaled = share === 1 ? gradientsOf : gradientsOf.map((g) => onnx.Mul(g, scalar(share, g)));
    return { norm, scaled };
  }
  const factor = onnx.Mul(
    scalar(share, norm),
    onnx.Min(scalar(1, norm), onnx.Div(scalar(clipNorm, norm), onnx.Add(norm, scalar(1e-6, norm)))),
  );
  return { norm, scaled: gradientsOf.map((gradient) => onnx.Mul(gradient, factor)) };
}

interface StepSession {
  readonly inputNames: readonly string[];
  /** Names of the tensors that the session writes the next value of. */
  readonly moved: readonly string[];
  run(batch: Feeds, numbers: Feeds): Promise<StepResult>;
  dispose(): Promise<void>;
}

async function openStepSession(
  outputs: Record<string, Value>,
  state: TrainingState,
  options: StepOptions,
): Promise<StepSession> {
  const isFed = new Set(state.names);
  const fed = listLeaves(Object.values(outputs)).filter(
    ({ origin }) => origin.kind === 'parameter' && isFed.has(origin.name),
  );
  const session: Session = await openSession(encodeModel(toModel(outputs, { inputs: fed })), {
    name: 'a training step',
    ...options,
  });
  const moved = Object.keys(outputs).flatMap((name) =>
    name.startsWith(NEXT) ? [name.slice(NEXT.length)] : [],
  );
  const stateNames = session.inputNames.filter((name) => isFed.has(name));
  const scalars = session.outputNames.filter((name) => !name.startsWith(NEXT));
  return {
    inputNames: session.inputNames,
    moved,
    async run(batch, numbers) {
      const feeds: Record<string, Tensor> = { ...batch };
      for (const name of session.inputNames) if (name in numbers) feeds[name] = numbers[name];
      for (const name of stateNames) feeds[name] = state.get(name);
      const fetches: Record<string, Tensor | null> = Object.fromEntries(scalars.map((name) => [name, null]));
      for (const name of moved) fetches[NEXT + name] = state.spare(name);
      const result = await session.run(feeds, fetches);
      const loss = Number(result.loss.data[0]);
      return 'gradientNorm' in result
        ? { loss, gradientNorm: Number(result.gradientNorm.data[0]) }
        : { loss };
    },
    dispose: () => session.dispose(),
  };
}

function numberTensor(value: number, { dtype }: Value): Tensor {
  const data: TensorData['float32' | 'float64'] =
    dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value);
  return { dtype, shape: [], data };
}
