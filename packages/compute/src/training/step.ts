// A training step: forward pass, loss, backward pass, accumulation, clipping and update as one graph, run by one
// session of ONNX Runtime.

import { invalidTrainingOption, trainingNotFinite } from '@striate/contracts';
import { gradients } from '../gradient/index.js';
import type { Parameter, Value } from '../graph/index.js';
import type { Tensor, TensorData } from '../session/tensor.js';
import { findNotFinite } from './diagnosis.js';
import type { StepOptions, TrainingProblem } from './problem.js';
import { createState, type TrainingState } from './state.js';
import { openStepSession, type Feeds, type StepResult, type StepSession } from './step-session.js';
import { NEXT, planUpdate } from './update.js';

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

function numberTensor(value: number, { dtype }: Value): Tensor {
  const data: TensorData['float32' | 'float64'] =
    dtype === 'float64' ? Float64Array.of(value) : Float32Array.of(value);
  return { dtype, shape: [], data };
}
